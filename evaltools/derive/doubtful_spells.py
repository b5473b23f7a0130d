"""Doubtful spells: employment that may have gone on, in a job that may or may not count or that nobody can date."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import NEVER, day_numbers, to_dates
from evaltools.derive.runs import places

__all__ = ["HOURS_NOT_KNOWN", "UNDATED_JOB", "open_doubtful"]

HOURS_NOT_KNOWN = "hours not known"
UNDATED_JOB = "a job is not dated"


def open_doubtful(spells: pd.DataFrame, wider: pd.DataFrame, undated: NDArray[np.bool_]) -> pd.DataFrame:
    """Open the spells that are only known to have ended if a doubtful job does not count.

    spells: of the jobs that count: person (whole numbers), start_date, known_until, ended, open_because. wider: spells of
    these jobs and of those that may count, by the same rule. undated: by person, whether a job of theirs cannot be dated.

    Returns spells with may_last_until: the last day that each may have reached, missing where nothing bounds it. One that
    may have gone on has not ended; open_because says why.
    """
    person = spells["person"].to_numpy(dtype=np.int64)
    until, ended = day_numbers(spells["known_until"]), spells["ended"].to_numpy(dtype=bool)
    bound = np.where(ended, until, NEVER)
    most = bound.copy()
    if len(wider):
        start = places(wider["person"].to_numpy(dtype=np.int64), day_numbers(wider["start_date"]))
        at = np.searchsorted(start, places(person, day_numbers(spells["start_date"])), side="right") - 1
        reach = np.where(wider["ended"].to_numpy(dtype=bool), day_numbers(wider["known_until"]), NEVER)
        most = np.maximum(most, reach[at])
    lost = undated[person] if len(undated) else np.zeros(len(spells), dtype=bool)
    opened = ended & ((most > until) | lost)
    because = np.where(opened, np.where(lost, UNDATED_JOB, HOURS_NOT_KNOWN), spells["open_because"].to_numpy(dtype=object))
    return spells.assign(
        ended=ended & ~opened,
        may_last_until=to_dates(np.where(lost, NEVER, most)),
        open_because=pd.array(because, dtype="string"),
    )
