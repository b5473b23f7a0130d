"""First spell, longest spell and days in work added up: three outcomes of one history, one row a person."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import day_numbers
from evaltools.derive.runs import run_starts
from evaltools.derive.spells import employment_spells

__all__ = ["days_worked_within", "spell_totals"]


def spell_totals(spells: pd.DataFrame, inclusive_days: bool = False, by: str = "participant_id") -> pd.DataFrame:
    """Sum up each person's spells.

    spells: from employment_spells or job_spells. inclusive_days: count the last day of a spell.

    Returns one row a person: the person, the first spell's columns, spells (how many), longest_days (of the longest spell,
    to the last day on which it is known) and days_in_work (days with a job, each counted once, bridged gaps not counted).
    """
    codes, _ = pd.factorize(spells[by])
    codes = codes.astype(np.int64)
    starts = run_starts(codes)
    lasted = day_numbers(spells["known_until"]) - day_numbers(spells["start_date"]) + int(inclusive_days)
    first = spells.iloc[starts].reset_index(drop=True)
    if not len(starts):
        return first.assign(spells=0, longest_days=0, days_in_work=0)
    return first.assign(
        spells=np.diff(np.append(starts, len(codes))),
        longest_days=np.maximum.reduceat(lasted, starts),
        days_in_work=np.add.reduceat(spells["worked_days"].to_numpy(dtype=np.int64), starts),
    )


def days_worked_within(jobs: pd.DataFrame, origins: pd.DataFrame, days: int) -> NDArray[np.int64]:
    """Give the days with a job among the first so many days from an origin; a day with two jobs counts once.

    jobs: person (whole numbers from 0), start_date, known_until, ended, hours_per_week. origins: person (each once),
    start_date. '13 weeks in any jobs within 26 weeks' is reached where the result for 182 days is 91 or more.

    >>> day = pd.Timestamp
    >>> jobs = pd.DataFrame({"person": [0, 0], "start_date": [day("2024-01-01"), day("2024-01-05")]})
    >>> jobs = jobs.assign(known_until=[day("2024-01-06"), day("2024-01-31")], ended=True, hours_per_week=20.0)
    >>> days_worked_within(jobs, jobs.iloc[:1], 14).tolist()
    [14]
    """
    spells = employment_spells(jobs, 0, by="person")
    place = np.full(int(max(jobs["person"].max(), origins["person"].max())) + 1 if len(jobs) else 0, -1)
    place[origins["person"].to_numpy(dtype=np.int64)[: len(place)]] = np.arange(len(origins))[: len(place)]
    at = place[spells["person"].to_numpy(dtype=np.int64)]
    mine, at = at >= 0, at[at >= 0]
    first = day_numbers(origins["start_date"])[at]
    begin = np.maximum(day_numbers(spells["start_date"])[mine], first)
    end = np.minimum(day_numbers(spells["known_until"])[mine], first + days - 1)
    return np.bincount(at, weights=np.maximum(end - begin + 1, 0), minlength=len(origins)).astype(np.int64)
