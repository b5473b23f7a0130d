"""Merge rows that are about the same thing and say the same."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from evaltools.schema.table import Table

__all__ = ["Merged", "merge_copies"]


@dataclass(frozen=True)
class Merged:
    """rows: one for each key. copies: record (`_source`) of each row that went, and the one that stands for it (`into`)."""

    rows: pd.DataFrame
    copies: pd.DataFrame


def merge_copies(rows: pd.DataFrame, table: Table, order: pd.Series | None = None) -> Merged:
    """Keep the first row of each key. order: what 'first' means (index of `rows`), instead of the order of the files."""
    if rows.empty:
        return Merged(rows, pd.DataFrame({"_source": pd.Series(dtype="int64"), "into": pd.Series(dtype="int64")}))
    key = list(table.key)
    ordered = rows if order is None else rows.loc[order.sort_values(kind="stable").index]
    later = ordered.duplicated(key)
    if not later.any():
        return Merged(rows, pd.DataFrame({"_source": pd.Series(dtype="int64"), "into": pd.Series(dtype="int64")}))
    into = ordered.groupby(key, dropna=False, sort=False)["_source"].transform("first")
    copies = pd.DataFrame({"_source": ordered["_source"][later], "into": into[later]}).reset_index(drop=True)
    return Merged(ordered[~later].sort_index(), copies)
