"""Job starts: which jobs count under a definition profile. Unknown is a state, never a 'no'."""

from __future__ import annotations

import pandas as pd

__all__ = ["mark_job_starts"]


def mark_job_starts(
    jobs: pd.DataFrame, people: pd.DataFrame, minimum_paid_hours: float, competitive_only: bool
) -> pd.DataFrame:
    """Say of each job whether it counts as a job start that followed engagement: 'yes', 'no' or 'unknown'.

    jobs: the canonical table. people: participant_id, engaged_date, cut, last_contact_date, discharge_date.
    minimum_paid_hours: paid hours that must have been worked. competitive_only: jobs known not to be competitive are out.

    A job counts when it starts on or after the day of engagement and within follow-up, is not known to be uncompetitive, and
    has reached the paid hours. Hours worked are weekly hours times the days for which the job is known to have been held.
    Returns the jobs of engaged people with columns known_until (end of the job, or the last day it is known to be held),
    ended (bool) and counts.
    """
    columns = ["participant_id", "engaged_date", "cut", "last_contact_date", "discharge_date"]
    marked = jobs.merge(people[columns], on="participant_id", how="inner", validate="many_to_one")
    marked = marked[marked["engaged_date"].notna()].copy()
    seen = marked["last_contact_date"].fillna(marked["discharge_date"]).fillna(marked["cut"])
    held_until = seen.where(seen <= marked["cut"], marked["cut"])
    held_until = held_until.where(held_until >= marked["start_date"], marked["start_date"])
    marked["ended"] = (marked["end_date"] <= marked["cut"]).fillna(False).astype(bool)
    # a job that ended after the cut was held on the cut, whatever the last contact
    held_until = held_until.mask(marked["end_date"] > marked["cut"], marked["cut"])
    marked["known_until"] = marked["end_date"].where(marked["ended"], held_until)
    days = (marked["known_until"] - marked["start_date"]).dt.days + 1
    paid = (marked["hours_per_week"].astype("Float64") * days / 7) if minimum_paid_hours > 0 else None
    timely = (marked["start_date"] >= marked["engaged_date"]) & (marked["start_date"] <= marked["cut"])
    uncompetitive = (~marked["competitive"]).fillna(False).astype(bool) if competitive_only else False
    enough = pd.Series(True, index=marked.index) if paid is None else (paid >= minimum_paid_hours)
    counts = enough.astype("boolean").map({True: "yes", False: "no"}).astype("string").fillna("unknown")
    # a job still held that has not yet reached the hours may still do so
    counts = counts.mask((counts == "no") & ~marked["ended"], "unknown")
    marked["counts"] = counts.mask(~timely | uncompetitive, "no")
    return marked.sort_values(["participant_id", "start_date", "job_id"], kind="stable").reset_index(drop=True)
