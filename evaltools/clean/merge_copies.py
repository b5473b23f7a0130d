"""Merge rows that are about the same thing and say the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from evaltools.clean.key_codes import key_codes
from evaltools.schema.table import Table

__all__ = ["Merged", "merge_copies", "no_copies"]

_COPIES = {"_source": "int64", "into": "int64", "_part": "int64", "table": "object"}


@dataclass(frozen=True)
class Merged:
    """stays: of each row, whether it is the one for its key. copies: record (`_source`), part and table of each that goes.

    And the record of the row that stands for it (`into`).
    """

    stays: np.ndarray
    copies: pd.DataFrame


def merge_copies(rows: pd.DataFrame, table: Table, order: pd.Series | None = None) -> Merged:
    """Keep the first row of each key. order: what 'first' means (index of `rows`), instead of the order of the files.

    A column '_key' may number the keys.
    """
    stays = np.ones(len(rows), dtype=bool)
    if rows.empty:
        return Merged(stays, no_copies())
    codes = rows["_key"].to_numpy() if "_key" in rows.columns else key_codes(rows, table.key)
    count = int(codes.max()) + 1 if len(codes) else 0
    if np.bincount(codes).max(initial=0) < 2:
        return Merged(stays, no_copies())
    places = np.arange(len(rows)) if order is None else order.to_numpy().argsort(kind="stable")
    first = np.full(count, -1, dtype=np.int64)
    first[codes[places[::-1]]] = places[::-1]
    stays[:] = False
    stays[first[first >= 0]] = True
    later = places[~stays[places]]
    source = rows["_source"].to_numpy()
    columns = {"_source": source[later], "into": source[first[codes[later]]], "_part": rows["_part"].to_numpy()[later]}
    return Merged(stays, pd.DataFrame(columns | {"table": table.name}).astype(_COPIES))


def no_copies() -> pd.DataFrame:
    """Make an empty table of copies."""
    return _empty().copy(deep=False)


@cache
def _empty() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in _COPIES.items()})
