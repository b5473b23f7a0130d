"""Time to first job: days from engagement to a first job, to leaving or death without one, or to the end of follow-up."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["CAUSES", "time_to_job"]

CAUSES = {1: "job", 2: "left", 3: "died"}


def time_to_job(people: pd.DataFrame) -> pd.DataFrame:
    """Give days and cause for each engaged person.

    people: engaged_date, first_job_date (missing without a job), unknown_job_date (first job whose count is unknown),
    discharge_date, discharge_reason, cut.

    A job on the day of leaving comes first, also one that may or may not count: with such a job a person is followed to its
    first day and no further. Discharge is a competing event, not censoring: no job is recorded after it.
    Returns days (>= 0) and cause (0 no event yet, 1 job, 2 left, 3 died), in the order of people; both missing where the
    dates contradict each other (an end of follow-up before engagement).
    """
    job, left = people["first_job_date"], people["discharge_date"]
    left = left.where(left <= people["cut"])
    job_first = job.notna() & (left.isna() | (job <= left))
    left_first = left.notna() & ~job_first
    doubtful = people["unknown_job_date"]
    until = people["cut"].where(~left_first, left).where(~job_first, job)
    cut_short = doubtful.notna() & ((doubtful < until) | (left_first & (doubtful == until)))
    until = until.where(~cut_short, doubtful)
    died = people["discharge_reason"].eq("died").fillna(False).astype(bool)
    cause = np.select([cut_short, job_first, left_first & died, left_first], [0, 1, 3, 2], default=0)
    days = (until - people["engaged_date"]).dt.days
    usable = days >= 0
    return pd.DataFrame(
        {"days": days.where(usable).astype("Float64"), "cause": pd.Series(cause, index=people.index).where(usable)}
    ).astype({"cause": "Int64"})
