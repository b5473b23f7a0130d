"""Who engages, and when: first contact, vocational profile, third appointment, or one engagement date."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.synthetic.chance import weibull_days
from evaltools.synthetic.site_plan import SITES

__all__ = ["draw_engagement"]

_ENGAGES = 0.845
_SEEN_THOUGH_NOT_ENGAGED = 0.55
_PROFILE_COMPLETED = 0.93
_THIRD_APPOINTMENT = 0.90


def draw_engagement(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the dates on the way to engagement.

    Parameters
    ----------
    people
        One row a person, with site_id and referral_date.
    rng
        Generator.

    Returns
    -------
    DataFrame
        The same people with first_contact_date, profile_started_date, profile_completed_date, third_appointment_date,
        engaged_date (what the provider records), engaged (the true day) and last_day (the last that can be seen).
    """
    n = len(people)
    last_day = pd.to_datetime(people["site_id"].map({plan.id: plan.last_day for plan in SITES}))
    seen = _after(people["referral_date"], 2 + weibull_days(rng, 1.1, 13, n))
    engaged = _after(seen, weibull_days(rng, 0.9, 6, n))
    engages = (rng.random(n) < _ENGAGES) & (engaged <= last_day)
    meets = engages | (rng.random(n) < _SEEN_THOUGH_NOT_ENGAGED)
    completed = _after(engaged, 7 + weibull_days(rng, 1.2, 16, n))
    third = _after(engaged, 6 + weibull_days(rng, 1.3, 14, n))
    completes = engages & (rng.random(n) < _PROFILE_COMPLETED) & (completed <= last_day)
    third_kept = engages & (rng.random(n) < _THIRD_APPOINTMENT) & (third <= last_day)
    one_date = people["site_id"].map({plan.id: plan.milestones == "engaged" for plan in SITES})
    return people.assign(
        first_contact_date=seen.where(meets & (seen <= last_day)),
        profile_started_date=engaged.where(engages & ~one_date),
        profile_completed_date=completed.where(completes & ~one_date),
        third_appointment_date=third.where(third_kept & ~one_date),
        engaged_date=engaged.where(engages & one_date),
        engaged=engaged.where(engages),
        last_day=last_day,
    )


def _after(day: pd.Series, wait: np.ndarray) -> pd.Series:
    return day + pd.to_timedelta(np.floor(wait), unit="D")
