"""Check the order of steps: those of an enrolment (D125), and a job start before the engagement (D126)."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pandas as pd

from evaltools.clean.rule_rows import RuleRows, Tripped, days_of, tripped

__all__ = ["check_order", "engaged_before"]

_PAIRS = (
    ("profile_started_date", "profile_completed_date"),
    ("first_contact_date", "third_appointment_date"),
    ("first_contact_date", "last_contact_date"),
    ("accepted_date", "profile_completed_date"),
)
_ENGAGED = ("engaged_date", "profile_completed_date", "third_appointment_date")


def check_order(held: RuleRows) -> list[Tripped]:
    """Say which later steps are dated before earlier ones, and which jobs start between referral and engagement."""
    enrolments = held.tables["enrolments"]
    found = []
    for earlier, later in _PAIRS:
        wrong = days_of(enrolments[later]) < days_of(enrolments[earlier])
        found += tripped("D125", "enrolments", later, wrong)
    return found + tripped("D126", "jobs", "start_date", engaged_before(held))


def engaged_before(held: RuleRows) -> np.ndarray:
    """Say of each job whether it starts on or after its referral and before the first sign of an engagement.

    Its referral is the latest one of the person that is not after it. Without any sign of an engagement it is not said.
    """
    enrolments, jobs = held.tables["enrolments"], held.tables["jobs"]
    signs = [days_of(enrolments[name]) for name in _ENGAGED]
    engaged = reduce(np.fmin, signs)
    theirs = pd.DataFrame(
        {"person": held.people["enrolments"], "day": days_of(enrolments["referral_date"]), "engaged": engaged}
    )
    mine = pd.DataFrame({"person": held.people["jobs"], "day": days_of(jobs["start_date"]), "at": np.arange(len(jobs))})
    theirs, mine = (
        frame[frame["person"] >= 0].dropna(subset="day").sort_values("day", kind="stable") for frame in (theirs, mine)
    )
    both = pd.merge_asof(mine, theirs, on="day", by="person")
    early = np.zeros(len(jobs), dtype=bool)
    early[both.loc[both["day"] < both["engaged"], "at"].to_numpy()] = True
    return early
