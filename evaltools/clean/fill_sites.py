"""Give rows that name a person but no site the person's site."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["fill_sites"]


def fill_sites(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give rows that name a person but no site the site that first recorded the person."""
    filled = dict(tables)
    for name, frame in tables.items():
        if {"participant_id", "site_id"} <= set(frame.columns) and frame["site_id"].isna().any():
            found = frame["participant_id"].astype("string").map(_sites(tables["participants"]))
            filled[name] = frame.assign(site_id=frame["site_id"].fillna(found.astype(frame["site_id"].dtype)))
    return filled


def _sites(participants: pd.DataFrame) -> pd.Series:
    """Give the site that first recorded each person."""
    known = participants[["participant_id", "site_id"]].dropna().drop_duplicates("participant_id").astype("string")
    return known.set_index("participant_id")["site_id"]
