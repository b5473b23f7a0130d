"""Check the age at referral (D131), from the age that was entered or from the year of birth."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.rule_rows import RuleRows, Tripped, tripped

__all__ = ["check_age"]


def check_age(held: RuleRows) -> list[Tripped]:
    """Say who was younger or older at the first referral than the study's limits.

    From a year of birth the age is known to one year only; it is said where neither of the two possible ages is within them.
    """
    people, limits = held.tables["participants"], held.thresholds
    age = people["age_at_referral"].to_numpy(dtype=float, na_value=np.nan)
    referral = held.tables["enrolments"]["referral_date"].groupby(held.people["enrolments"]).min().dt.year
    years = pd.Series(held.people["participants"]).map(referral).to_numpy(dtype=float, na_value=np.nan)
    reached = years - people["birth_year"].to_numpy(dtype=float, na_value=np.nan)
    return [
        *tripped("D131", "participants", "age_at_referral", (age < limits.age_min) | (age > limits.age_max)),
        *tripped("D131", "participants", "birth_year", (reached < limits.age_min) | (reached - 1 > limits.age_max)),
    ]
