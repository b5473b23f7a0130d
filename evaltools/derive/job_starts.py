"""Job starts: which jobs count under a definition profile. Unknown is a state, never a 'no'."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import LONG_AGO, NEVER, day_numbers, to_dates
from evaltools.domain.definition import StartRule

__all__ = ["mark_job_starts", "positions"]

_TOLD = np.array(["no", "unknown", "yes"], dtype=object)
_KEPT = ["job_id", "participant_id", "site_id", "start_date", "end_date", "hours_per_week", "competitive"]


def mark_job_starts(
    jobs: pd.DataFrame,
    people: pd.DataFrame,
    minimum_paid_hours: float,
    competitive_only: bool,
    rule: StartRule = "paid_hours",
    full_time_hours: float = 30.0,
) -> pd.DataFrame:
    """Say of each job whether it counts as a job start that followed engagement: 'yes', 'no' or 'unknown'.

    jobs: the canonical table; a column person, where there is one, is taken for the position in people. people: one row a
    person: participant_id, engaged_date, cut, seen_until. minimum_paid_hours: paid hours that must have been worked.
    competitive_only: jobs known not to be competitive are out. rule, full_time_hours: with 'full_day' a job of so many
    weekly hours needs one day of work and no paid hours.

    A job counts when it starts on or after the day of engagement and within follow-up, is not known to be uncompetitive, and
    has reached the paid hours. A job whose end is unknown (column unknown_end, where there is one, or an end before the
    start) is known for its first day only. Hours worked are weekly hours times the days for which the job is known to have
    been held.

    Returns the jobs of engaged people in order of person and start, with columns person (position in people), cut,
    seen_until, known_until (end of the job, or the last day it is known to be held), ended, unknown_end (bool) and counts.
    ValueError when a person stands twice.
    """
    person = jobs["person"].to_numpy(dtype=np.int64) if "person" in jobs else positions(jobs, people)
    engaged = day_numbers(people["engaged_date"])
    start, end = day_numbers(jobs["start_date"]), day_numbers(jobs["end_date"])
    hours = jobs["hours_per_week"].to_numpy(dtype=float, na_value=np.nan)
    mine = np.flatnonzero((person >= 0) & (start != NEVER))
    mine = mine[engaged[person[mine]] != NEVER]
    mine = mine[np.lexsort((hours[mine], end[mine], start[mine], person[mine]))]
    person, start, end, hours = person[mine], start[mine], end[mine], hours[mine]
    said = jobs["unknown_end"].to_numpy(dtype=bool)[mine] if "unknown_end" in jobs else np.zeros(len(mine), dtype=bool)
    unknown_end = said | (end < start)
    end = np.where(unknown_end, NEVER, end)  # an end before the start is no end
    engaged, cut = engaged[person], day_numbers(people["cut"])[person]
    seen = day_numbers(people["seen_until"], LONG_AGO)[person]
    ended = end <= cut
    # a job that ended after the cut was held on the cut, whatever the last contact
    held = np.where((end > cut) & (end != NEVER), cut, np.maximum(np.minimum(seen, cut), start))
    known_until = np.where(ended, end, np.where(unknown_end, start, held))
    reached = _reached(hours, known_until - start + 1, ended, minimum_paid_hours)
    if rule == "full_day":
        reached = np.where(hours >= full_time_hours, 2, reached)
    counts = np.where((start < engaged) | (start > cut), 0, reached)
    marked = jobs[[name for name in _KEPT if name in jobs]].iloc[mine].reset_index(drop=True)
    if competitive_only:
        uncompetitive = marked["competitive"].to_numpy(dtype=float, na_value=np.nan) == 0
        counts = np.where(uncompetitive, 0, counts)
    return marked.assign(
        person=person,
        cut=to_dates(cut),
        seen_until=to_dates(np.maximum(np.minimum(seen, cut), np.where(known_until <= cut, known_until, LONG_AGO))),
        known_until=to_dates(known_until),
        ended=ended,
        unknown_end=unknown_end,
        counts=pd.array(_TOLD[counts], dtype="string"),
    )


def positions(rows: pd.DataFrame, people: pd.DataFrame) -> NDArray[np.int64]:
    """Give the position in people of each row's participant_id, -1 where it is not among them; shape (n,).

    ValueError when a person stands twice in people.

    >>> positions(pd.DataFrame({"participant_id": ["b", "z"]}), pd.DataFrame({"participant_id": ["a", "b"]})).tolist()
    [1, -1]
    """
    index = pd.Index(people["participant_id"])
    if not index.is_unique:
        raise ValueError("people: one row a person is needed, and some stand twice")
    return index.get_indexer(pd.Index(rows["participant_id"])).astype(np.int64)


def _reached(hours: np.ndarray, days: np.ndarray, ended: np.ndarray, minimum: float) -> np.ndarray:
    """Return 2 where the paid hours have been worked, 0 where they were not, 1 where that is not known."""
    if minimum == 0:
        return np.full(len(hours), 2)
    with np.errstate(invalid="ignore"):
        enough = hours * days / 7 >= minimum
    # a job still held that has not yet reached the hours may still do so
    return np.where(enough, 2, np.where(np.isnan(hours) | ~ended, 1, 0))
