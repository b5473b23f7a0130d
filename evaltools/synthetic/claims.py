"""What proves a milestone: one claim for each engagement, job start and job kept."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.synthetic.chance import choose

__all__ = ["draw_evidence"]

_KINDS = {"payslip": 0.45, "employer": 0.2, "timesheet": 0.1, "self": 0.25}
_CLAIMED = 0.9
_WEEKS = {"sustained_6": 42, "sustained_13": 91, "sustained_26": 182}


def draw_evidence(people: pd.DataFrame, jobs: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the evidence that providers hold.

    Parameters
    ----------
    people
        With participant_id, site_id, engaged, last_contact_date and last_day.
    jobs
        Job spells.
    rng
        Generator.

    Returns
    -------
    DataFrame
        participant_id, site_id, milestone, evidence_date, evidence_type, validated.
    """
    first = jobs.loc[jobs["job_number"] == 1].merge(
        people[["participant_id", "last_contact_date", "last_day"]], on="participant_id", how="left"
    )
    last = first["end_date"].fillna(first["last_contact_date"]).fillna(first["last_day"]).clip(upper=first["last_day"])
    parts = [_claims(first, "job_start", first["start_date"])]
    for milestone, days in _WEEKS.items():
        due = first["start_date"] + pd.Timedelta(days=days)
        parts.append(_claims(first, milestone, due).loc[due <= last])
    claims = pd.concat(parts, ignore_index=True)
    n = len(claims)
    claims["evidence_type"] = choose(rng, _KINDS, n)
    claims["validated"] = rng.random(n) < 0.8
    kept = claims.loc[rng.random(n) < _CLAIMED]
    return kept.sort_values(["site_id", "evidence_date", "participant_id", "milestone"], ignore_index=True)


def _claims(first: pd.DataFrame, milestone: str, day: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "participant_id": first["participant_id"],
            "site_id": first["site_id"],
            "milestone": milestone,
            "evidence_date": day,
        }
    )
