"""Unheld cases: days on which an active case was held by nobody, and days on which a funded post was vacant."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.derive.day_numbers import NEVER, day_numbers, to_dates
from evaltools.derive.pair_codes import pair_codes
from evaltools.derive.step_runs import month_parts, step_runs

__all__ = ["unheld_cases", "vacant_posts"]


def unheld_cases(holds: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Count the days of active cases by site and month, and how many of them nobody held.

    holds: from `case_days`. people: one row a person: site_id, active_from, active_to (day numbers).

    Returns site_id, month (its first day), active_days, unheld_days.
    """
    row = holds["row"].to_numpy(dtype=np.int64)
    code = np.concatenate([np.arange(len(people)), row])
    first = np.concatenate([people["active_from"].to_numpy(dtype=np.int64), holds["first"].to_numpy(dtype=np.int64)])
    last = np.concatenate([people["active_to"].to_numpy(dtype=np.int64), holds["last"].to_numpy(dtype=np.int64)])
    weights = np.zeros((len(code), 2), dtype=np.int64)
    weights[: len(people), 0], weights[len(people) :, 1] = 1, 1
    runs = month_parts(step_runs(code, first, last, weights))
    days = runs.last - runs.first + 1
    table = pd.DataFrame(
        {
            "site_id": people["site_id"].to_numpy()[runs.code],
            "month": to_dates(runs.first).astype("datetime64[M]").astype("datetime64[ns]"),
            "active_days": days * runs.levels[:, 0],
            "unheld_days": days * (runs.levels[:, 1] == 0),
        }
    )
    return table.groupby(["site_id", "month"], sort=True).sum().reset_index()


def vacant_posts(posts: pd.DataFrame) -> pd.DataFrame:
    """Count the days of funded posts by site and month, and how many of them nobody was in post.

    posts: the canonical table `specialists`, to_date filled with the last day of data. A post is funded from its first
    holder's first day to its last holder's last; posts without a post_id are left out, because a gap cannot be told from the
    end of a post.

    Returns site_id, month, post_days, vacant_days.
    """
    named = posts.reindex(columns=["site_id", "post_id", "from_date", "to_date"])
    named = named[named["post_id"].notna()]
    first, last = day_numbers(named["from_date"]), day_numbers(named["to_date"])
    usable = (first != NEVER) & (last >= first)
    named, first, last = named[usable], first[usable], last[usable]
    found = pair_codes(named[["site_id", "post_id"]])
    code, names = found.code, found.names
    begins, ends = np.full(len(names), NEVER), np.full(len(names), -NEVER)
    np.minimum.at(begins, code, first)
    np.maximum.at(ends, code, last)
    weights = np.zeros((len(names) + len(code), 2), dtype=np.int64)
    weights[: len(names), 0], weights[len(names) :, 1] = 1, 1
    whole = np.concatenate([np.arange(len(names)), code]).astype(np.int64)
    runs = month_parts(step_runs(whole, np.concatenate([begins, first]), np.concatenate([ends, last]), weights))
    days = runs.last - runs.first + 1
    table = pd.DataFrame(
        {
            "site_id": names["site_id"].to_numpy()[runs.code],
            "month": to_dates(runs.first).astype("datetime64[M]").astype("datetime64[ns]"),
            "post_days": days * runs.levels[:, 0],
            "vacant_days": days * (runs.levels[:, 1] == 0),
        }
    )
    return table.groupby(["site_id", "month"], sort=True).sum().reset_index()
