"""Employment spells: jobs that overlap, or follow each other within a gap, joined into one."""

from __future__ import annotations

import pandas as pd

__all__ = ["employment_spells"]


def employment_spells(jobs: pd.DataFrame, gap_days: int = 0) -> pd.DataFrame:
    """Join each person's jobs into employment spells.

    jobs: participant_id, start_date, known_until, ended (bool), hours_per_week. gap_days: days out of work that are bridged;
    0 joins jobs that overlap or follow on the next day.

    Returns one row a spell: participant_id, spell (from 1), start_date, known_until (latest end), ended (False while the job
    that lasts longest is held), hours_per_week (of the first job), jobs.
    """
    ordered = jobs.sort_values(["participant_id", "start_date", "known_until"], kind="stable").copy()
    # a job still held may go on beyond its last sighting, but nothing is assumed: it bridges only to that day
    reach = ordered.groupby("participant_id")["known_until"].cummax()
    before = reach.groupby(ordered["participant_id"]).shift()
    gap = (ordered["start_date"] - before).dt.days - 1
    opens = before.isna() | (gap > gap_days)
    ordered["spell"] = opens.groupby(ordered["participant_id"]).cumsum().astype(int)
    grouped = ordered.groupby(["participant_id", "spell"], sort=True)
    spells = grouped.agg(start_date=("start_date", "min"), known_until=("known_until", "max"), jobs=("start_date", "size"))
    spells["hours_per_week"] = grouped["hours_per_week"].nth(0).array  # keeps its type
    latest = ordered["known_until"] == grouped["known_until"].transform("max")
    still_held = (latest & ~ordered["ended"]).groupby([ordered["participant_id"], ordered["spell"]]).any()
    spells["ended"] = ~still_held.reindex(spells.index)
    return spells.reset_index()[["participant_id", "spell", "start_date", "known_until", "ended", "hours_per_week", "jobs"]]
