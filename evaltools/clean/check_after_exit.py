"""Check for activity after a discharge: steps of the same enrolment (D134), and meetings (D135)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.rule_rows import RuleRows, Tripped, days_of, tripped

__all__ = ["check_after_exit"]

_STEPS = (
    "first_contact_date",
    "profile_started_date",
    "profile_completed_date",
    "third_appointment_date",
    "engaged_date",
    "last_contact_date",
)


def check_after_exit(held: RuleRows) -> list[Tripped]:
    """Say which steps are dated after their own discharge, and which meetings after the person left for good.

    A person has left for good where every enrolment has a discharge. Evidence that comes in afterwards is no activity.
    """
    enrolments, contacts = held.tables["enrolments"], held.tables["contacts"]
    left = days_of(enrolments["discharge_date"])
    found = []
    for step in _STEPS:
        found += tripped("D134", "enrolments", step, days_of(enrolments[step]) > left)
    when = pd.Series(held.people["contacts"]).map(_left(left, held)).to_numpy(dtype=float, na_value=np.nan)
    return found + tripped("D135", "contacts", "contact_date", days_of(contacts["contact_date"]) > when)


def _left(discharges: np.ndarray, held: RuleRows) -> pd.Series:
    """Give the day on which each person left for good, by number of the person."""
    groups = pd.Series(discharges).groupby(held.people["enrolments"])
    last = groups.max().where(groups.count() == groups.size())
    return last[last.index >= 0]
