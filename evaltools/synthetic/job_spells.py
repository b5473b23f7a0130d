"""Jobs: how long the first lasts, whether a second and a third follow, hours, pay and why a job ended."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.synthetic.chance import choose, weibull_days
from evaltools.synthetic.site_plan import DATA_CUT, SITES

__all__ = ["draw_jobs"]

# Weibull with 72% still in the job after 42 days and 52% after 91 days.
_SHAPE, _SCALE = 0.89, 165.0
_SHORTEST = 7
_ANOTHER = 0.42
_HOURS = {
    "4": 0.02, "6": 0.03, "8": 0.06, "10": 0.06, "12": 0.07, "15": 0.06, "16": 0.19, "18": 0.06, "20": 0.13, "24": 0.07,
    "30": 0.09, "35": 0.06, "37.5": 0.10,
}  # fmt: skip
_HOURS_MISSING = 0.02
_SECTORS = {"Retail": 0.27, "Hospitality": 0.2, "Care": 0.17, "Cleaning": 0.12, "Office": 0.12, "Warehouse": 0.12}
_ENDS = {"resigned": 0.37, "contract_ended": 0.24, "health": 0.15, "dismissed": 0.1, "new_job": 0.08, "unknown": 0.06}


def draw_jobs(people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw job spells.

    Parameters
    ----------
    people
        With first_job, last_contact_date, site_id and last_day.
    rng
        Generator.

    Returns
    -------
    DataFrame
        One row a job: participant_id, site_id, job_number, start_date, end_date (missing while held or when unknown),
        end_reason, hours_per_week, competitive, wage_per_hour, sector, disclosed. Ordered by person and job number.
    """
    known = people["last_contact_date"].fillna(pd.Timestamp(DATA_CUT)).clip(upper=people["last_day"])
    now = pd.DataFrame(
        {
            "participant_id": people["participant_id"],
            "site_id": people["site_id"],
            "start_date": people["first_job"],
            "known": known,
        }
    )[people["first_job"].notna()]
    spells = []
    for number in (1, 2, 3):
        ended = _tenure(now, number, rng)
        spells.append(ended)
        now = _next(ended, rng)
    jobs = pd.concat(spells).sort_values(["site_id", "participant_id", "job_number"], kind="stable", ignore_index=True)
    return _details(jobs.drop(columns="known"), rng)


def _tenure(now: pd.DataFrame, number: int, rng: np.random.Generator) -> pd.DataFrame:
    scale = _SCALE * np.exp(now["site_id"].map({plan.id: plan.tenure_effect for plan in SITES}).to_numpy(dtype=float))
    days = np.floor(np.maximum(weibull_days(rng, _SHAPE, scale, len(now)), _SHORTEST))
    end = now["start_date"] + pd.to_timedelta(days, unit="D")
    return now.assign(job_number=number, end_date=end.where(end <= now["known"]))


def _next(ended: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    gap = np.floor(weibull_days(rng, 1.0, 60.0, len(ended))) + 3
    start = ended["end_date"] + pd.to_timedelta(gap, unit="D")
    again = (rng.random(len(ended)) < _ANOTHER) & (start + pd.Timedelta(days=7) <= ended["known"])
    return ended.assign(start_date=start).loc[again, ["participant_id", "site_id", "start_date", "known"]]


def _details(jobs: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    n = len(jobs)
    hours = choose(rng, _HOURS, n).astype(float)
    ends = pd.Series(choose(rng, _ENDS, n), jobs.index).where(jobs["end_date"].notna(), "")
    return jobs.assign(
        end_reason=ends,
        hours_per_week=np.where(rng.random(n) < _HOURS_MISSING, np.nan, hours),
        competitive=(rng.random(n) >= 0.03) | (jobs["site_id"] == "eastvale"),  # it supports open employment only
        wage_per_hour=np.round(7.5 + 3.5 * rng.random(n) ** 2, 2),
        sector=choose(rng, _SECTORS, n),
        disclosed=rng.random(n) < 0.4,
    )[
        [
            "participant_id", "site_id", "job_number", "start_date", "end_date", "end_reason", "hours_per_week",
            "competitive", "wage_per_hour", "sector", "disclosed",
        ]
    ]  # fmt: skip
