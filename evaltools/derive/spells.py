"""Employment spells: jobs that overlap, or follow each other within a gap, joined into one."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.derive.day_numbers import LONG_AGO, day_numbers, to_dates
from evaltools.derive.runs import latest_so_far, run_starts

__all__ = ["employment_spells", "job_spells", "open_reasons"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def employment_spells(jobs: pd.DataFrame, gap_days: int = 0, by: str = "participant_id") -> pd.DataFrame:
    """Join each person's jobs into employment spells.

    jobs: `by`, start_date, known_until, ended (bool), hours_per_week; optionally cut (last day of follow-up) and seen_until
    (last day on which the person's situation is known). gap_days: days out of work that are bridged; 0 joins jobs that
    overlap or follow on the next day. by: column that names the person.

    Returns one row a spell: the person, spell (from 1), start_date, known_until (latest end), ended, hours_per_week (of the
    first job), jobs, worked_days (days in any job: bridged gaps are not worked); with a cut also cut, seen_until and
    open_because ('data cut', 'contact lost' or 'end not known'; empty once ended). A spell with a job that may still be held
    has not ended.
    Nor has one whose gap is not finished: where follow-up, or for a longer gap contact, ends within the gap, the spell is
    unresolved from the last day worked, not lost.
    """
    codes, _ = pd.factorize(jobs[by], sort=True)
    start, end = day_numbers(jobs["start_date"]), day_numbers(jobs["known_until"])
    order = np.lexsort((end, start, codes))
    codes, start, end = codes[order].astype(np.int64), start[order], end[order]
    # a job still held may go on beyond its last sighting, but nothing is assumed: it bridges only to that day
    reach = latest_so_far(codes, end)
    first_job = np.zeros(len(codes), dtype=bool)
    first_job[run_starts(codes)] = True
    before = np.where(first_job, LONG_AGO, np.concatenate([[LONG_AGO], reach[:-1]]) if len(reach) else reach)
    opens = np.flatnonzero(first_job | (start - before - 1 > gap_days))
    new_days = np.maximum(end - np.maximum(before, start - 1), 0)
    person = codes[opens]
    number = np.arange(len(opens)) - np.repeat(run_starts(person), np.diff(np.append(run_starts(person), len(opens)))) + 1
    held = jobs.iloc[order[opens]].reset_index(drop=True)
    done = jobs["ended"].to_numpy(dtype=bool)[order]
    spells = pd.DataFrame(
        {
            by: held[by],
            "spell": number,
            "start_date": to_dates(start[opens]),
            "known_until": to_dates(_over(np.maximum, end, opens)),
            "ended": _over(np.minimum, done.astype(np.int64), opens).astype(bool),
            "hours_per_week": held["hours_per_week"],
            "jobs": np.diff(np.append(opens, len(codes))),
            "worked_days": _over(np.add, new_days, opens),
        }
    )
    if "unknown_end" in jobs:
        unknown = jobs["unknown_end"].to_numpy(dtype=bool)[order]
        spells["unknown_end"] = _over(np.maximum, unknown.astype(np.int64), opens).astype(bool)
    if "cut" not in jobs:
        return spells
    seen = _over(np.maximum, day_numbers(jobs["seen_until"], LONG_AGO)[order], run_starts(codes))
    persons = np.cumsum(np.append(True, person[1:] != person[:-1])) - 1 if len(person) else person
    spells = spells.assign(cut=held["cut"], seen_until=to_dates(seen[persons]))
    last = np.append(person[1:] != person[:-1], True)[: len(person)]
    return open_reasons(spells, last, gap_days)


def open_reasons(spells: pd.DataFrame, last: Bools, gap_days: int) -> pd.DataFrame:
    """Open what ended within an unfinished gap, and say why each spell that has not ended is open.

    spells: known_until, ended, cut, seen_until. last: shape (n,), the person's last spell. Returns spells with ended and
    open_because: 'data cut', 'contact lost', 'end not known' (a column unknown_end says of which), or empty.
    """
    until, cut = day_numbers(spells["known_until"]), day_numbers(spells["cut"])
    seen = day_numbers(spells["seen_until"])
    ended = spells["ended"].to_numpy(dtype=bool)
    # with no gap allowed, contact need not reach beyond the end: only a job on the day after the data may follow on
    unfinished = ended & last & ((cut - until <= gap_days) | ((gap_days > 0) & (seen - until <= gap_days)))
    because = np.where(unfinished, np.where(seen >= cut, 2, 1), np.where(until >= cut, 2, 1))
    because = np.where(ended & ~unfinished, 0, because)
    if "unknown_end" in spells:
        because = np.where((because == 1) & ~ended & spells["unknown_end"].to_numpy(dtype=bool), 3, because)
    told = np.array(["", "contact lost", "data cut", "end not known"], dtype=object)[because]
    return spells.assign(ended=ended & ~unfinished, open_because=pd.array(told, dtype="string"))


def job_spells(jobs: pd.DataFrame, by: str = "participant_id") -> pd.DataFrame:
    """Give each job as a spell of its own, the first of a person first.

    Of two that start on one day the longer comes first, and of two as long one that may still be held.

    jobs: as for employment_spells, with cut and seen_until. Returns the same columns; no job is bridged to another, so that
    a job whose end is known has ended.
    """
    codes, _ = pd.factorize(jobs[by], sort=True)
    start, end = day_numbers(jobs["start_date"]), day_numbers(jobs["known_until"])
    order = np.lexsort((jobs["ended"].to_numpy(dtype=bool), -end, start, codes))
    codes = codes[order].astype(np.int64)
    starts = run_starts(codes)
    held = jobs.iloc[order].reset_index(drop=True)
    names = [by, "start_date", "known_until", "ended", "hours_per_week", "cut", "seen_until", "unknown_end"]
    spells = held[[name for name in names if name in held]].assign(
        spell=np.arange(len(codes)) - np.repeat(starts, np.diff(np.append(starts, len(codes)))) + 1,
        jobs=1,
        worked_days=(end - start + 1)[order],
    )
    columns = [
        *(["unknown_end"] if "unknown_end" in jobs else []),
        by,
        "spell",
        "start_date",
        "known_until",
        "ended",
        "hours_per_week",
        "jobs",
        "worked_days",
        "cut",
        "seen_until",
    ]
    return open_reasons(spells[columns], np.zeros(len(spells), dtype=bool), 0)


def _over(how: np.ufunc, values: Ints, starts: Ints) -> Ints:
    """Reduce the values of each run."""
    return np.asarray(how.reduceat(values, starts)) if len(starts) else np.empty(0, dtype=np.int64)
