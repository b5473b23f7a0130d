"""Outcome attribution: who held the case on the day of the first job and on entry, and how full that caseload was."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import NEVER, day_numbers
from evaltools.derive.pair_codes import pair_codes
from evaltools.derive.runs import places

__all__ = ["caseload_on", "holder_on"]

Ints = NDArray[np.int64]


def holder_on(holds: pd.DataFrame, days: Ints) -> pd.DataFrame:
    """Say which specialist held each person's case on a day.

    holds: from `case_days`. days: shape (people,), day numbers; NEVER where nothing is asked.

    Returns specialist_id, site_id and credit, in the order of people: 'held', 'nobody', 'contested' (two specialists or more
    held it: it is credited to none of them), missing where nothing is asked. Names are missing unless 'held'.
    """
    row = holds["row"].to_numpy(dtype=np.int64)
    on = (holds["first"].to_numpy() <= days[row]) & (days[row] <= holds["last"].to_numpy())
    covering = holds[on]
    holders = np.bincount(row[on], minlength=len(days))
    one = covering.drop_duplicates("row").set_index("row")[["specialist_id", "site_id"]].reindex(np.arange(len(days)))
    asked = days != NEVER
    credit = pd.Series(np.select([holders == 1, holders > 1], ["held", "contested"], "nobody"), dtype="string")
    found = one.astype("string")[holders == 1].reindex(np.arange(len(days)))
    return found.assign(credit=credit.where(asked))


def caseload_on(runs: pd.DataFrame, specialists: pd.DataFrame, days: Ints) -> pd.DataFrame:
    """Look up how many cases specialists had on given days.

    runs: from `specialist_days`. specialists: specialist_id and site_id, shape (people,), missing allowed. days: shape
    (people,), day numbers.

    Returns caseload and fte on the day, in the order of people; caseload is 0 where the specialist has a post and no case,
    and both are missing where there is no specialist or no day asked. The person's own case is counted.
    """
    keys = ["specialist_id", "site_id"]
    code = pair_codes(pd.concat([runs[keys].astype("string"), specialists[keys].astype("string")], ignore_index=True)).code
    begun = places(code[: len(runs)], day_numbers(runs["first_day"]))
    order = np.argsort(begun, kind="stable")
    wanted = specialists["specialist_id"].notna().to_numpy() & (days != NEVER)
    asked = places(code[len(runs) :], np.where(wanted, days, 0))
    if not len(runs):
        empty = pd.array([pd.NA] * len(days), dtype="Float64")
        return pd.DataFrame({"caseload": empty, "fte": empty})
    at = order[np.maximum(np.searchsorted(begun[order], asked, side="right") - 1, 0)]
    same = code[: len(runs)][at] == code[len(runs) :]
    inside = wanted & same & (day_numbers(runs["first_day"])[at] <= days) & (days <= day_numbers(runs["last_day"])[at])
    picked = runs[["caseload", "fte"]].iloc[at].reset_index(drop=True).astype("Float64")
    return picked[inside].reindex(np.arange(len(days)))
