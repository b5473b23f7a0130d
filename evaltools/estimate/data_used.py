"""How much of what providers sent was used: counts for the first page of every report."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evaltools.domain.results import COUNTS, tidy

__all__ = ["count_faults", "data_used"]


def count_faults(findings: pd.DataFrame) -> pd.DataFrame:
    """Count faults by site and code: no position and no word of the data."""
    counted = findings.groupby(["site", "code", "severity"], dropna=False)["count"].sum().reset_index()
    return counted.astype({"count": "Int64"})


def data_used(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Say how many rows came in and what became of them, as counts for the first page of every report."""
    accounting = tables["accounting"].assign(all="all")
    rows: list[dict[str, object]] = []
    for group in ("all", "site"):
        for site, held in accounting.groupby(group):
            for column in ("rows", "kept", "merged", "quarantined"):
                rows.append({"table_id": "rows", "row": site, "column": column, "n": int(held[column].sum())})
            for status in ("read", "refused"):
                files = held.loc[held["status"] == status, "file"].nunique()
                rows.append({"table_id": "files", "row": site, "column": status, "n": files})
    for code, held in tables["faults"].groupby("code"):
        rows.append({"table_id": "faults", "row": "all", "column": str(code), "n": int(held["count"].sum())})
    return tidy(rows, COUNTS)
