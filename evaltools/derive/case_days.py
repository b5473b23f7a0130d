"""Case days: from when to when each specialist held each active case, and days on which two held it or nobody did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.derive.day_numbers import NEVER, day_numbers
from evaltools.derive.joined_days import joined_days

__all__ = ["CaseDays", "case_days", "holds_of"]


@dataclass(frozen=True)
class CaseDays:
    """Who held which case, as whole day numbers, both ends included.

    holds: row (of people), participant_id, specialist_id, site_id, first, last, handed_over (received from another
    specialist), and reached (the hold begins within the time in which the case is active). faults: code and n: assignments
    that could not be used ('ends before it begins', 'person not engaged', 'outside the time of the case').
    """

    holds: pd.DataFrame
    faults: pd.DataFrame


def holds_of(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give every assignment; a study without assignments has the one specialist of each enrolment, from referral to leaving.

    Returns participant_id, site_id, specialist_id, from_date, to_date (missing while open). Rows without a specialist are
    left out: nobody held the case.
    """
    assignments = tables.get("assignments")
    columns = ["participant_id", "site_id", "specialist_id", "from_date", "to_date"]
    if assignments is not None and len(assignments):
        return assignments[columns].reset_index(drop=True)
    said = tables["enrolments"][[*columns[:3], "referral_date", "discharge_date"]]
    return said[said["specialist_id"].notna()].set_axis(columns, axis=1).reset_index(drop=True)


def case_days(holds: pd.DataFrame, people: pd.DataFrame) -> CaseDays:
    """Cut each assignment to the time in which its case is active.

    Parameters
    ----------
    holds : pandas.DataFrame
        From `holds_of`.
    people : pandas.DataFrame
        One row a person (one definition): participant_id, active_from and active_to (first and last day on which
        the case is active, day numbers; active_to before active_from for never).

    Returns
    -------
    CaseDays
        Several assignments of one case to one specialist that touch or overlap are one. On the day of a hand-over the case
        belongs to the specialist who takes it. Two specialists on longer than that both hold it: nothing is guessed.
    """
    person = pd.Series(np.arange(len(people)), index=people["participant_id"].to_numpy())
    found = holds["participant_id"].map(person)
    first, last = day_numbers(holds["from_date"]), day_numbers(holds["to_date"])
    backwards = (last < first) | (first == NEVER)
    known = found.notna().to_numpy() & ~backwards
    row = found[known].to_numpy(dtype=np.int64)
    held = pd.DataFrame({"row": row, "first": first[known], "last": last[known]})
    for name in ("site_id", "specialist_id"):
        held[name] = holds[name].to_numpy()[known]
    held = _handed_over(joined_days(held, ["row", "site_id", "specialist_id"]))
    held["active_from"] = people["active_from"].to_numpy()[held["row"]]
    held["active_to"] = people["active_to"].to_numpy()[held["row"]]
    held["reached"] = held["first"] >= held["active_from"]
    held["first"] = np.maximum(held["first"], held["active_from"])
    held["last"] = np.minimum(held["last"], held["active_to"])
    inside = (held["first"] <= held["last"]).to_numpy()
    held = held[inside].drop(columns=["active_from", "active_to"])
    held["participant_id"] = people["participant_id"].to_numpy()[held["row"]]
    faults = {
        "ends before it begins": int(backwards.sum()),
        "person not engaged": int((found.isna().to_numpy() & ~backwards).sum()),
        "outside the time of the case": int((~inside).sum()),
    }
    return CaseDays(held.reset_index(drop=True), pd.DataFrame(faults.items(), columns=["code", "n"]))


def _handed_over(held: pd.DataFrame) -> pd.DataFrame:
    """Say which holds follow another specialist's, and give the day of a hand-over to the one who takes the case."""
    ordered = held.sort_values(["row", "first", "last"], kind="stable").reset_index(drop=True)
    same_before = ordered["row"].eq(ordered["row"].shift())
    same_next = ordered["row"].eq(ordered["row"].shift(-1))
    ordered["handed_over"] = same_before & (ordered["specialist_id"] != ordered["specialist_id"].shift()).fillna(False)
    taken = same_next & (ordered["first"].shift(-1) == ordered["last"]) & (ordered["first"] < ordered["last"])
    ordered["last"] = ordered["last"].where(~taken, ordered["last"] - 1)
    return ordered
