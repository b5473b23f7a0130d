"""Follow each row through the deliveries of its return: the versions of one row form a chain, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from evaltools.clean.deliveries import Delivered
from evaltools.clean.identify_rows import DERIVED
from evaltools.schema.table import Table

__all__ = ["Chains", "chain_rows"]


@dataclass(frozen=True)
class Chains:
    """Rows ordered by chain and day. A version is what one delivery says of one chain: a row, or several in contradiction.

    row, version: of each ordered row, its position in the table and its version. first: of each version, its first ordered
    row. chain, key, on, newest, erases: of each version, its chain, its own identifier (a number), its day, the newest day
    of its return, and whether its empty cells erase. nameless: its identifier was made without the date that it needs; it
    counts as that of the version before it.
    """

    row: np.ndarray
    version: np.ndarray
    first: np.ndarray
    chain: np.ndarray
    key: np.ndarray
    on: np.ndarray
    newest: np.ndarray
    erases: np.ndarray
    nameless: np.ndarray

    @cached_property
    def start(self) -> np.ndarray:
        """First version of each version's chain."""
        return _first_of_run(self.chain)

    @cached_property
    def key_start(self) -> np.ndarray:
        """First version of each version's chain that bears the same identifier."""
        return _first_of_run(self.key)

    @cached_property
    def last(self) -> np.ndarray:
        """Last version of each version's chain."""
        return len(self.chain) - 1 - _first_of_run(self.chain[::-1])[::-1]

    @cached_property
    def stays(self) -> np.ndarray:
        """Say of each ordered row whether it is in the last version of its chain."""
        stays: np.ndarray = self.last[self.version] == self.version
        return stays


def chain_rows(rows: pd.DataFrame, dated: np.ndarray, table: Table, delivered: Delivered, made_up: np.ndarray) -> Chains:
    """Chain the rows of a table. dated: positions of the rows that are in a delivery and have a whole key.

    made_up: of each row, whether its identifier was made from its entries.
    """
    held = rows.iloc[dated]
    source = held["_source"].to_numpy(dtype="int64")
    on, series = delivered.on[source], delivered.series[source]
    named = held[list(table.key)].assign(_series=series)
    key = named.groupby(list(named.columns), sort=False).ngroup().to_numpy()
    chain = _joined(held, key, on, series, table, made_up[dated])
    order = np.lexsort((np.arange(len(dated)), on, chain))
    same = (np.diff(chain[order]) == 0) & (np.diff(on[order].astype("int64")) == 0)
    version = np.cumsum(np.concatenate([np.zeros(min(len(dated), 1), dtype=bool), ~same]))
    first = np.flatnonzero(np.concatenate([np.ones(min(len(dated), 1), dtype=bool), ~same]))
    at = order[first]
    newest = delivered.newest[series[at]] if len(at) else on[at]
    nameless = _nameless(held, table, made_up[dated])[at]
    own = np.where(nameless & (_first_of_run(chain[at]) < np.arange(len(at))), -1, key[at])
    known = own[np.maximum.accumulate(np.where(own >= 0, np.arange(len(at)), 0))] if len(at) else own
    return Chains(dated[order], version, first, chain[at], known, on[at], newest, delivered.erases[source[at]], nameless)


def _nameless(held: pd.DataFrame, table: Table, made_up: np.ndarray) -> np.ndarray:
    """Say of which rows an identifier was made although the date that tells them apart is missing."""
    dates = [name for name in DERIVED.get(table.key[0], ()) if table.fields[name].type == "date"]
    nameless: np.ndarray = (
        made_up & held[dates].isna().all(axis=1).to_numpy(dtype=bool) if dates else np.zeros(len(held), bool)
    )
    return nameless


def _first_of_run(codes: np.ndarray) -> np.ndarray:
    """Give the first position of the run of equal codes that each position is in.

    >>> _first_of_run(np.array([7, 7, 2, 2, 2])).tolist()
    [0, 0, 2, 2, 2]
    """
    begins = np.concatenate([np.ones(min(len(codes), 1), dtype=bool), np.diff(codes) != 0])
    starts: np.ndarray = np.maximum.accumulate(np.where(begins, np.arange(len(codes)), 0)) if len(codes) else codes
    return starts


def _joined(
    held: pd.DataFrame, key: np.ndarray, on: np.ndarray, series: np.ndarray, table: Table, made_up: np.ndarray
) -> np.ndarray:
    """Give each row's chain: its key, or several keys that follow each other where a made-up identifier was restated."""
    made_from = [name for name in DERIVED.get(table.key[0], ()) if table.fields[name].type != "date"]
    if not made_from or not made_up.any():
        return key
    days = pd.DataFrame({"series": series, "on": on}).drop_duplicates().sort_values(["series", "on"])
    days["next"] = days.groupby("series")["on"].shift(-1)
    alike = held[made_from].astype("string").fillna("").assign(series=series, on=on, key=key)[made_up]
    spans = alike.groupby("key", sort=False).agg(
        **{name: (name, "first") for name in (*made_from, "series")}, begins=("on", "min"), ends=("on", "max")
    )
    spans = spans.reset_index().merge(days, left_on=["series", "ends"], right_on=["series", "on"], how="left")
    left = _only(spans.dropna(subset="next"), [*made_from, "series", "next"])
    right = _only(spans, [*made_from, "series", "begins"])
    pairs = left.merge(
        right, left_on=[*made_from, "series", "next"], right_on=[*made_from, "series", "begins"], suffixes=("", "_after")
    )
    count = int(key.max()) + 1
    ends = (pairs["key"].to_numpy(dtype="int64"), pairs["key_after"].to_numpy(dtype="int64"))
    links = coo_array((np.ones(len(pairs), dtype="int8"), ends), shape=(count, count))
    chain: np.ndarray = connected_components(links, directed=False)[1]
    return chain[key]


def _only(spans: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Keep the spans that stand alone with what is in these columns."""
    return spans[~spans.duplicated(by, keep=False)]
