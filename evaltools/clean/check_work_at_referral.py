"""Check work at referral: an entry that contradicts another (D132), or a job held that day (D133)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.rule_rows import RuleRows, Tripped, days_of, tripped

__all__ = ["check_work_at_referral"]

_EMPLOYED, _UNKNOWN = "employed", "unknown"


def check_work_at_referral(held: RuleRows) -> list[Tripped]:
    """Say who is entered as in work and as out of work, and who is entered as out of work and holds a job that day.

    A job is held on the day of the referral if it starts before it and ends on it or after; an unknown end says nothing.
    """
    enrolments = held.tables["enrolments"]
    status = enrolments["employment_at_referral"]
    working = (status == _EMPLOYED).fillna(False).to_numpy(dtype=bool)
    out_of_work = status.notna().to_numpy() & ~working & (status != _UNKNOWN).fillna(False).to_numpy(dtype=bool)
    months = enrolments["months_out_of_work"].to_numpy(dtype=float, na_value=np.nan)
    never = enrolments["never_worked"].fillna(False).to_numpy(dtype=bool)
    return [
        *tripped("D132", "enrolments", "employment_at_referral", working & ((months > 0) | never)),
        *tripped("D133", "enrolments", "employment_at_referral", out_of_work & _held(held)),
    ]


def _held(held: RuleRows) -> np.ndarray:
    """Say of each enrolment whether the person holds a job on the day of the referral that began before it."""
    enrolments, jobs = held.tables["enrolments"], held.tables["jobs"]
    asked = pd.DataFrame(
        {
            "person": held.people["enrolments"],
            "referral": days_of(enrolments["referral_date"]),
            "at": np.arange(len(enrolments)),
        }
    )
    known = pd.DataFrame(
        {"person": held.people["jobs"], "start": days_of(jobs["start_date"]), "end": days_of(jobs["end_date"])}
    )
    both = asked[asked["person"] >= 0].merge(known.dropna(), on="person")
    holding = both.loc[(both["start"] < both["referral"]) & (both["end"] >= both["referral"]), "at"]
    found = np.zeros(len(enrolments), dtype=bool)
    found[holding.to_numpy(dtype="int64")] = True
    return found
