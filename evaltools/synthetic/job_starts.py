"""Who starts a first job, and after how many days: site, specialist and person each play a part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.synthetic.chance import Numbers, normal, weibull_days
from evaltools.synthetic.site_plan import SITES

__all__ = ["BASE_EFFECTS", "JobStarts", "draw_job_starts"]

BASE_EFFECTS: dict[str, object] = {
    "share_of_engaged_who_start_a_job": 0.306,
    "log_odds_per_ten_years_of_age": -0.12,
    "log_odds_per_year_out_of_work": -0.05,
    "log_odds_esa_support_group": -0.10,
    "log_odds_person_standard_deviation": 0.50,
    "days_to_first_job_weibull_shape": 1.15,
    "days_to_first_job_weibull_scale": 360.0,
    "days_to_leaving_without_a_job_weibull_shape": 1.2,
    "days_to_leaving_without_a_job_weibull_scale": 450.0,
}
_SHARE = 0.306
_LATEST = 7  # no job starts in the last seven days that can be seen


@dataclass(frozen=True)
class JobStarts:
    """people: with first_job (day or missing) and leaves (days from engagement). intercept: log odds behind the share."""

    people: pd.DataFrame
    intercept: float


def draw_job_starts(people: pd.DataFrame, posts: pd.DataFrame, rng: np.random.Generator) -> JobStarts:
    """Draw the first job of everybody engaged.

    Parameters
    ----------
    people
        With engaged, last_day and what is known at referral.
    posts
        With specialist_id and effect.
    rng
        Generator.

    Returns
    -------
    JobStarts
        The same people with first_job, leaves and effect; and the intercept that gives the wanted share.
    """
    n = len(people)
    effect = _effects(people, posts) + 0.5 * normal(rng, n)
    wait = np.floor(weibull_days(rng, 1.15, 360.0, n)) + 1
    leaves = np.floor(weibull_days(rng, 1.2, 450.0, n)) + 30
    room = (people["last_day"] - people["engaged"]).dt.days.to_numpy(dtype=float, na_value=-1.0) - _LATEST
    possible = (wait <= room) & (wait <= leaves)
    luck = rng.random(n)
    wanted = round(_SHARE * int(people["engaged"].notna().sum()))
    intercept = _intercept(effect, luck, possible, wanted)
    starts = possible & (luck < _share(intercept + effect))
    first = (people["engaged"] + pd.to_timedelta(wait, unit="D")).where(starts)
    return JobStarts(people.assign(first_job=first, leaves=leaves, effect=effect), intercept)


def _effects(people: pd.DataFrame, posts: pd.DataFrame) -> Numbers:
    site = people["site_id"].map({plan.id: plan.start_effect for plan in SITES})
    specialist = people["specialist_id"].map(dict(zip(posts["specialist_id"], posts["effect"], strict=True)))
    age = -0.12 * (people["age_at_referral"] - 36) / 10
    out = -0.05 * (people["months_out_of_work"].fillna(120).clip(upper=120) / 12 - 3)
    support = -0.10 * (people["benefit_at_entry"] == "esa_support")
    return np.asarray(site + specialist + age + out + support, dtype=float)


def _share(log_odds: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=float)


def _intercept(effect: Numbers, luck: Numbers, possible: np.ndarray, wanted: int) -> float:
    low, high = -8.0, 8.0
    for _ in range(60):
        middle = (low + high) / 2
        reached = int((possible & (luck < _share(middle + effect))).sum())
        low, high = (middle, high) if reached < wanted else (low, middle)
    return high
