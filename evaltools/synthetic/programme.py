"""A made-up programme with known truth: clean tables, drawn from one seed and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.synthetic.claims import draw_evidence
from evaltools.synthetic.departures import draw_departures
from evaltools.synthetic.engagement import draw_engagement
from evaltools.synthetic.job_spells import draw_jobs
from evaltools.synthetic.job_starts import BASE_EFFECTS, draw_job_starts
from evaltools.synthetic.people import draw_people
from evaltools.synthetic.posts import draw_posts
from evaltools.synthetic.site_plan import SITES

__all__ = ["Programme", "programme"]

_PARTICIPANTS = [
    "participant_id",
    "site_id",
    "birth_year",
    "age_at_referral",
    "sex",
    "ethnicity",
    "cohort",
    "deprivation_quintile",
]
_ENROLMENTS = [
    "participant_id", "site_id", "specialist_id", "referral_source", "referral_date", "first_contact_date",
    "profile_started_date", "profile_completed_date", "third_appointment_date", "engaged_date", "employment_at_referral",
    "months_out_of_work", "benefit_at_entry", "last_contact_date", "discharge_date", "discharge_reason",
]  # fmt: skip


@dataclass(frozen=True)
class Programme:
    """The clean truth of a made-up programme.

    participants, enrolments, jobs, evidence, specialists: frames with the fields of `data_schema/tables`, without hashes;
    days are `datetime64`, codes are ours. parameters: the numbers that the draw was made with.
    """

    seed: int
    participants: pd.DataFrame
    enrolments: pd.DataFrame
    jobs: pd.DataFrame
    evidence: pd.DataFrame
    specialists: pd.DataFrame
    parameters: dict[str, object]


def programme(seed: int) -> Programme:
    """Draw a programme.

    Parameters
    ----------
    seed
        Any whole number; the same seed gives the same tables.

    Returns
    -------
    Programme
        Tables and the parameters behind them.
    """
    rng = np.random.default_rng(seed)
    posts = draw_posts(rng)
    people = draw_engagement(draw_people(posts, rng), rng)
    starts = draw_job_starts(people, posts, rng)
    left = draw_departures(starts.people, rng)
    jobs = draw_jobs(left, rng)
    people = left.drop(columns=["effect"]).reset_index(drop=True)
    return Programme(
        seed,
        people[_PARTICIPANTS].copy(),
        people[_ENROLMENTS].copy(),
        jobs,
        draw_evidence(people, jobs, rng),
        posts.drop(columns=["effect", "share"]),
        {
            "intercept": round(starts.intercept, 6),
            "site_log_odds_of_job_start": {plan.id: plan.start_effect for plan in SITES},
            "site_log_job_length": {plan.id: plan.tenure_effect for plan in SITES},
            "specialist_log_odds_of_job_start": dict(zip(posts["specialist_id"], posts["effect"].round(4), strict=True)),
            **BASE_EFFECTS,
        },
    )
