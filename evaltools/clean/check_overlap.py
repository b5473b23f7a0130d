"""Check the jobs of one person against each other: overlap (D127), two first jobs (D138), and a missing end (D142)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.rule_rows import RuleRows, Tripped, days_of, tripped

__all__ = ["check_overlap"]


def check_overlap(held: RuleRows) -> list[Tripped]:
    """Say which jobs start before an earlier one of the person has ended, and which share the day of the first.

    A job without an end may be held or not, so it overlaps with nothing; where another follows it, its end is asked for.
    """
    jobs = held.tables["jobs"]
    frame = pd.DataFrame(
        {"person": held.people["jobs"], "start": days_of(jobs["start_date"]), "end": days_of(jobs["end_date"])}
    )
    frame = frame[frame["person"] >= 0].dropna(subset="start").sort_values(["person", "start", "end"], kind="stable")
    person = frame["person"]
    until = frame["end"].fillna(-np.inf).groupby(person).cummax()
    shared = until.groupby(person).shift() - frame["start"] + 1  # with all earlier jobs; the first has none before it
    latest = frame["start"].groupby(person).transform("max")
    first = frame["start"].groupby(person).transform("min") == frame["start"]
    twice = first & (first.groupby(person).transform("sum") > 1)
    open_ended = frame["end"].isna() & (frame["start"] < latest)
    return [
        *tripped("D127", "jobs", "start_date", _placed(shared > held.thresholds.overlap_days, len(jobs))),
        *tripped("D138", "jobs", "start_date", _placed(twice, len(jobs))),
        *tripped("D142", "jobs", "end_date", _placed(open_ended, len(jobs))),
    ]


def _placed(where: pd.Series, count: int) -> np.ndarray:
    """Put a condition back to the rows of the table, by its index."""
    whole = np.zeros(count, dtype=bool)
    whole[where.index[where.to_numpy(dtype=bool)]] = True
    return whole
