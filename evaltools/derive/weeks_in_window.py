"""Weeks at or above so many hours within a window of weeks: '13 weeks of seven hours within 16 weeks'."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import LONG_AGO, NEVER, day_numbers
from evaltools.derive.hours_held import HoursHeld, hours_between, hours_held

__all__ = ["weeks_in_window"]

Ints = NDArray[np.int64]
_MOST_HOURS = 168.0  # of a week: what a job of unknown hours may have


def weeks_in_window(jobs: pd.DataFrame, origins: pd.DataFrame, weeks: int, window_weeks: int, hours: float) -> pd.DataFrame:
    """Judge whether so many weeks of so many hours were worked within a window that begins on a given day.

    jobs: person (whole numbers from 0), start_date, known_until, ended, hours_per_week, every job that counts;
    optionally counts ('yes', or 'unknown' for a job that may count: it makes a week possible, never certain). origins:
    person, start_date (first day of the window), cut, seen_until (last day on which the person's situation is known).
    weeks: weeks needed. window_weeks: weeks of the window, each of seven days from the origin. hours: needed in a week;
    hours of jobs held at the same time are added, and spread evenly over the days of a week.

    Returns, in the order of origins: followed (the whole window lies within follow-up), state ('yes', 'no', 'not yet',
    'unknown'), open_because ('data cut', 'contact lost', 'end not known', 'hours not
    known', or empty), certain_weeks and possible_weeks (of
    the window). A week is possible when unknown hours, a job that may still be held, or a job that nobody could have seen
    may have brought the hours.
    """
    person = origins["person"].to_numpy(dtype=np.int64)
    start = day_numbers(origins["start_date"])
    cut, seen = day_numbers(origins["cut"]), day_numbers(origins["seen_until"], LONG_AGO)
    certain, most = _held(jobs)
    sure = np.zeros(len(person), dtype=np.int64)
    may = np.zeros(len(person), dtype=np.int64)
    for week in range(window_weeks):
        first = start + 7 * week
        enough = hours_between(certain, person, first, first + 6) >= hours
        unseen = first + 6 > seen
        sure += enough
        may += enough | unseen | (hours_between(most, person, first, first + 6) >= hours)
    last = start + 7 * window_weeks - 1
    followed = last <= cut
    state = np.select([sure >= weeks, may < weeks, ~followed], ["yes", "no", "not yet"], default="unknown")
    lost_end = _has_unknown_end(jobs, person)
    because = np.select(
        [(sure >= weeks) | (may < weeks), ~followed & (seen >= cut), lost_end, seen < np.minimum(cut, last), ~followed],
        ["", "data cut", "end not known", "contact lost", "data cut"],
        default="hours not known",
    )
    return pd.DataFrame(
        {
            "followed": followed,
            "state": pd.array(state, dtype="string"),
            "open_because": pd.array(because, dtype="string"),
            "certain_weeks": sure,
            "possible_weeks": may,
        },
        index=origins.index,
    )


def _has_unknown_end(jobs: pd.DataFrame, person: Ints) -> NDArray[np.bool_]:
    if "unknown_end" not in jobs:
        return np.zeros(len(person), dtype=bool)
    return np.isin(person, jobs.loc[jobs["unknown_end"].to_numpy(dtype=bool), "person"].to_numpy(dtype=np.int64))


def _held(jobs: pd.DataFrame) -> tuple[HoursHeld, HoursHeld]:
    """Return the hours that are certain, and the most that there may be."""
    person = jobs["person"].to_numpy(dtype=np.int64)
    first, last = day_numbers(jobs["start_date"]), day_numbers(jobs["known_until"])
    told = jobs["hours_per_week"].to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(told)
    if "counts" in jobs:
        known &= (jobs["counts"] == "yes").to_numpy(dtype=bool)
    certain = hours_held(person[known], first[known], last[known], told[known])
    longest = np.where(jobs["ended"].to_numpy(dtype=bool), last, NEVER)
    return certain, hours_held(person, first, longest, np.where(np.isnan(told), _MOST_HOURS, told))
