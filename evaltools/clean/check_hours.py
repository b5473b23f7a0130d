"""Check the weekly hours of one person: all jobs held on the day that one of them starts (D129, D130)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.rule_rows import RuleRows, Tripped, days_of, tripped

__all__ = ["check_hours", "hours_together"]


def check_hours(held: RuleRows) -> list[Tripped]:
    """Say which job starts bring a person above the hours to be checked (D129), and above those that are possible (D130)."""
    together, limits = hours_together(held), held.thresholds
    over = together > limits.hours_max
    return [
        *tripped("D129", "jobs", "hours_per_week", (together > limits.hours_check) & ~over),
        *tripped("D130", "jobs", "hours_per_week", over),
    ]


def hours_together(held: RuleRows) -> np.ndarray:
    """Give the weekly hours (float64) of all jobs that the person holds on the day that each job starts.

    Another job counts from its start to its end; one without an end, or without hours, does not count, since whether it is
    held is not known. The job itself always counts.
    """
    jobs, people = held.tables["jobs"], held.people["jobs"]
    start, end = days_of(jobs["start_date"]), days_of(jobs["end_date"])
    hours = jobs["hours_per_week"].to_numpy(dtype=float, na_value=0.0)
    shut = ~np.isnan(end) & ~np.isnan(start) & (end >= start) & (people >= 0)
    changes = pd.DataFrame(
        {
            "person": np.concatenate([people[shut], people[shut], people]),
            "day": np.concatenate([start[shut], end[shut] + 1, start]),
            "change": np.concatenate([hours[shut], -hours[shut], np.zeros(len(jobs))]),
            "at": np.concatenate([np.full(2 * shut.sum(), -1), np.arange(len(jobs))]),
        }
    )
    changes = changes.sort_values(["person", "day"], kind="stable")  # on one day, the jobs themselves come last
    running = changes["change"].groupby(changes["person"]).cumsum()
    together = np.zeros(len(jobs))
    asked = changes["at"] >= 0
    together[changes.loc[asked, "at"].to_numpy()] = running[asked].to_numpy()
    return np.where((people >= 0) & ~np.isnan(start), together, 0.0).round(6) + np.where(shut, 0.0, hours)
