"""Who is referred: age, sex, ethnic group and what is known of their work and benefits on the day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.synthetic.chance import choose, from_quantiles
from evaltools.synthetic.site_plan import SITES, SitePlan

__all__ = ["draw_people"]

_AGES = ((0, 18.0), (0.08, 21.2), (0.25, 26.8), (0.5, 34.8), (0.75, 44.4), (0.92, 53.6), (1, 64.9))
_SEX = {"male": 0.50, "female": 0.48, "other": 0.01, "unknown": 0.01}
_ETHNICITY = {"white": 0.39, "asian": 0.27, "black": 0.18, "mixed": 0.08, "other": 0.08}
_ETHNICITY_MISSING = 0.08
_COHORT = {"smi": 0.86, "cmd": 0.12, "unknown": 0.02}
_SOURCE = {"secondary": 0.72, "primary": 0.12, "self": 0.08, "other": 0.06, "unknown": 0.02}
_WORK = {
    "unemployed": 0.62, "sick": 0.17, "employed": 0.09, "student": 0.04, "homemaker": 0.03,
    "volunteer": 0.02, "not_seeking": 0.02, "unknown": 0.01,
}  # fmt: skip
_BENEFIT = {
    "esa_support": 0.46, "esa_wrag": 0.13, "uc": 0.16, "jsa": 0.08, "is": 0.03, "pip": 0.05, "none": 0.06, "unknown": 0.03,
}  # fmt: skip
_MONTHS_OUT = ((0, 0.0), (0.2, 5.0), (0.45, 16.0), (0.68, 36.0), (0.85, 84.0), (1, 260.0))
_NEVER_WORKED = 0.04  # no months can be given
_QUINTILE = {"1": 0.34, "2": 0.27, "3": 0.19, "4": 0.12, "5": 0.08}


def draw_people(posts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw everybody who is referred.

    Parameters
    ----------
    posts
        Posts with site_id and share.
    rng
        Generator.

    Returns
    -------
    DataFrame
        One row a person, ordered by site and referral date; participant_id is the provider's own.
    """
    return pd.concat([_site(plan, posts, rng) for plan in SITES], ignore_index=True)


def _site(plan: SitePlan, posts: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    n = plan.referred
    team = posts.loc[posts["site_id"] == plan.id]
    days = (plan.last_day - plan.opens).days - 21
    frame = pd.DataFrame(
        {
            "site_id": plan.id,
            "referral_date": pd.Timestamp(plan.opens)
            + pd.to_timedelta(np.sort(np.floor(rng.random(n) ** 0.9 * days)), unit="D"),
            "age_at_referral": np.floor(from_quantiles(rng, _AGES, n)).astype(int),
            "sex": choose(rng, _SEX, n),
            "ethnicity": np.where(rng.random(n) < _ETHNICITY_MISSING, "unknown", choose(rng, _ETHNICITY, n)),
            "cohort": choose(rng, _COHORT, n),
            "deprivation_quintile": choose(rng, _QUINTILE, n).astype(int),
            "specialist_id": choose(rng, dict(zip(team["specialist_id"], team["share"], strict=True)), n),
            "referral_source": choose(rng, _SOURCE, n),
            "employment_at_referral": choose(rng, _WORK, n),
            "benefit_at_entry": choose(rng, _BENEFIT, n),
            "months_out_of_work": np.floor(from_quantiles(rng, _MONTHS_OUT, n)),
        }
    )
    never = rng.random(n) < _NEVER_WORKED
    employed = frame["employment_at_referral"] == "employed"
    frame.loc[employed, "months_out_of_work"] = 0.0
    frame.loc[never & ~employed, "months_out_of_work"] = np.nan
    frame["birth_year"] = frame["referral_date"].dt.year - frame["age_at_referral"] - (rng.random(n) < 0.5)
    frame.insert(0, "participant_id", [plan.client_id(number) for number in range(1, n + 1)])
    return frame
