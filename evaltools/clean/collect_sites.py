"""Collect the study's sites: what the layouts read of them, and what the study file states."""

from __future__ import annotations

import pandas as pd

from evaltools.clean.assemble_tables import empty_table
from evaltools.schema.table import Table

__all__ = ["collect_sites", "site_words"]


def collect_sites(read: pd.DataFrame, stated: pd.DataFrame | None, table: Table) -> pd.DataFrame:
    """Join both in the schema's columns and types; where both know a site, what was read stands."""
    if stated is None:
        return read
    rows = stated[~stated["site_id"].isin(read["site_id"])]
    held = {name: rows[name] if name in rows else pd.Series(pd.NA, index=rows.index) for name in table.fields}
    known = pd.DataFrame(held, index=rows.index).astype(table.types())
    frames = [frame for frame in (known, read) if len(frame)]
    return pd.concat(frames, ignore_index=True) if frames else empty_table(table)


def site_words(stated: pd.DataFrame | None) -> dict[str, str]:
    """Give the site id for each id and name (in casefold) that the study file states.

    >>> site_words(pd.DataFrame({"site_id": ["camden"], "name": ["London Borough of Camden"]}))["london borough of camden"]
    'camden'
    """
    if stated is None:
        return {}
    names = stated["name"] if "name" in stated else stated["site_id"]
    words = {str(name).casefold(): str(site) for name, site in zip(names, stated["site_id"], strict=True) if name}
    return words | {str(site).casefold(): str(site) for site in stated["site_id"]}
