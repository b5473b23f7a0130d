"""How long after a job start, or after the day on which a job had been kept, its evidence is dated."""

from __future__ import annotations

import pandas as pd

__all__ = ["evidence_lag", "weeks_of"]


def weeks_of(milestones: pd.Series) -> pd.Series:
    """Give the weeks that a milestone of a job asks for: 0 for its start, missing for milestones of no job.

    >>> weeks_of(pd.Series(["job_start", "sustained_13", "engagement"])).tolist()
    [0.0, 13.0, nan]
    """
    weeks = milestones.astype("object").str.extract(r"^sustained_(\d+)$", expand=False)
    return pd.to_numeric(weeks.mask((milestones == "job_start").fillna(False).astype(bool), "0")).astype("float64")


def evidence_lag(evidence: pd.DataFrame, jobs: pd.DataFrame) -> pd.DataFrame:
    """Set each piece of evidence beside the job that it fits.

    evidence: participant_id, milestone, evidence_date. jobs: participant_id, start_date.
    Returns one row a piece, in order: of_job (it speaks of a job and is dated), has_job (the person has a job), lag (days
    from the event to the evidence; of the latest job that had been kept so long by then, or else of the first job, which
    makes it negative). A job that has not lasted so long counts here: that is another check.
    """
    weeks = weeks_of(evidence["milestone"])
    started = jobs[["participant_id", "start_date"]].dropna().sort_values("start_date")
    people = evidence["participant_id"].astype("object")
    held = pd.DataFrame({"participant_id": people, "weeks": weeks, "dated": evidence["evidence_date"]})
    held = held.reset_index(drop=True)
    of_job = held["weeks"].notna() & held["dated"].notna() & held["participant_id"].notna()
    asked = held[of_job].assign(latest=lambda rows: rows["dated"] - pd.to_timedelta(7 * rows["weeks"], unit="D"))
    starts = started.assign(participant_id=started["participant_id"].astype("object"))
    found = pd.merge_asof(
        asked.reset_index().sort_values("latest", kind="stable"),
        starts,
        left_on="latest",
        right_on="start_date",
        by="participant_id",
    ).set_index("index")["start_date"]
    first = starts.groupby("participant_id", sort=False)["start_date"].min()
    start = found.reindex(asked.index).fillna(asked["participant_id"].map(first))
    lag = (asked["latest"] - start).dt.days.astype("float64")
    known = people.reset_index(drop=True).isin(first.index)
    return pd.DataFrame({"of_job": of_job, "has_job": known, "lag": lag.reindex(held.index)})
