"""Settle successive deliveries of one return: the newest stated value wins, and what it replaces is kept beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from evaltools.clean.coded_texts import plain_texts
from evaltools.clean.deliveries import Delivered
from evaltools.clean.delivery_chains import Chains, chain_rows
from evaltools.clean.find_contradictions import AT_REFERRAL
from evaltools.clean.merge_copies import no_copies
from evaltools.clean.restatements import changed_rows, described, no_restatements
from evaltools.schema.table import Schema, Table

__all__ = ["Newest", "made_up_keys", "newest_wins"]

_NONE = np.iinfo("int64").max


@dataclass(frozen=True)
class Newest:
    """What is left of several deliveries.

    tables: rows as the newest delivery that holds them states them. copies: each superseded
    row, as from `merge_copies`. restatements: one row a change, columns of `restatements.RESTATEMENTS`.
    """

    tables: dict[str, pd.DataFrame]
    copies: pd.DataFrame
    restatements: pd.DataFrame


def made_up_keys(tables: Mapping[str, pd.DataFrame], schema: Schema) -> dict[str, np.ndarray]:
    """Say of each row whether the provider gave it no identifier, so that one will be made from its other entries."""
    return {name: frame[schema.tables[name].key[0]].isna().to_numpy(dtype=bool) for name, frame in tables.items()}


def newest_wins(
    tables: Mapping[str, pd.DataFrame], schema: Schema, delivered: Delivered, made_up: Mapping[str, np.ndarray]
) -> Newest:
    """Settle the deliveries of all tables.

    For each return, table and key the row of the newest delivery stays. Where it leaves a field empty, the value that an
    older delivery stated last is carried over, unless the layout says that an empty cell erases. A row that the newest
    delivery no longer holds stays, and is said. Two rows of one delivery are never merged here: whether they contradict
    each other is settled later. Rows of no declared delivery, or without a whole key, are left as they are.

    Parameters
    ----------
    tables
        Canonical tables with ORIGIN columns and identifiers.
    delivered
        The delivery of each record.
    made_up
        By table: rows whose identifier was made from their entries (`made_up_keys`, before identifiers are given). If such
        an entry is restated, the identifier changes with it: a row that goes and one that comes in the next delivery are
        one, where the person has no other such row. It then stands as the newer delivery states it; nothing is carried. A
        row whose date the newer delivery leaves empty keeps its identifier, and the date is carried like any other entry.
    """
    if np.isnat(delivered.on).all():
        return Newest(dict(tables), no_copies(), no_restatements())
    parts = [_settle(frame, schema.tables[name], delivered, made_up[name]) for name, frame in tables.items()]
    said = [one.restatements for one in parts if len(one.restatements)]
    return Newest(
        {name: one.tables[name] for name, one in zip(tables, parts, strict=True)},
        pd.concat([no_copies(), *(one.copies for one in parts if len(one.copies))], ignore_index=True),
        pd.concat(said, ignore_index=True) if said else no_restatements(),
    )


def _settle(rows: pd.DataFrame, table: Table, delivered: Delivered, made_up: np.ndarray) -> Newest:
    source = rows["_source"].to_numpy(dtype="int64")
    dated = ~np.isnat(delivered.on[source])
    if dated.any():
        dated &= rows[list(table.key)].notna().all(axis=1).to_numpy(dtype=bool)
    if not dated.any():
        return Newest({table.name: rows}, no_copies(), no_restatements())
    chains = chain_rows(plain_texts(rows), np.flatnonzero(dated), table, delivered, made_up)
    changes, filled = [_gone(chains)], {}
    for name in table.fields:
        if name not in table.key:
            field = _Field(name, rows[name].array, chains)
            changes += [field.restated(), field.erased(), field.carried_over()]
            if field.carried.any():
                filled[name] = pd.Series(field.values(), index=rows.index)
    name = table.key[0]
    if chains.nameless.any():
        ids = rows[name].array.copy()
        ids[chains.row[chains.nameless[chains.version]]] = None
        filled[name] = pd.Series(_Field(name, ids, chains).values(), index=rows.index).fillna(rows[name])
    goes = ~chains.stays
    into = source[chains.row[chains.first[chains.last[chains.version]]]]
    gone = chains.row[goes]
    part = rows["_part"].to_numpy(dtype="int64")
    copies = pd.DataFrame({"_source": source[gone], "into": into[goes], "_part": part[gone], "table": table.name})
    stays = np.ones(len(rows), dtype=bool)
    stays[chains.row[goes]] = False
    left = rows.assign(**filled)[stays].reset_index(drop=True)
    return Newest({table.name: left}, copies, described(changes, rows, table))


def _gone(chains: Chains) -> pd.DataFrame:
    """List the rows that the newest delivery of their return no longer holds."""
    gone = np.flatnonzero((np.arange(len(chains.on)) == chains.last) & (chains.on < chains.newest))
    nothing = np.full(len(gone), "", dtype=object)
    return changed_rows("gone", "", chains, gone, gone, (nothing, nothing))


class _Field:
    """One field along the chains: what each version states (a code, -1 for nothing), and what was stated last before."""

    def __init__(self, name: str, array: ExtensionArray, chains: Chains) -> None:
        self.name, self.array, self.chains = name, array, chains
        codes, self.uniques = array[chains.row].factorize()
        most = np.maximum.reduceat(codes, chains.first)
        least = np.minimum.reduceat(np.where(codes < 0, _NONE, codes), chains.first)
        self.empty = most < 0
        self.stated = np.where(most == least, most, -1)  # two rows of one delivery that differ state nothing
        number = np.arange(len(most))
        so_far = np.maximum.accumulate(np.where(self.stated >= 0, number, -1))
        self.before = np.concatenate([[-1], so_far[:-1]])
        several = np.diff(np.append(chains.first, len(codes))) > 1
        self.carried = ((number == chains.last) & self.empty & (self.before >= chains.key_start) & ~chains.erases) & ~(
            several & (name in AT_REFERRAL)
        )  # at which of two referrals, nobody says

    def restated(self) -> pd.DataFrame:
        known = (self.stated >= 0) & (self.before >= self.chains.start)
        at = np.flatnonzero(known & (self.stated != self.stated[self.before]))
        return self._changes("restated", at, self.before[at])

    def erased(self) -> pd.DataFrame:
        newly = self.empty & self.chains.erases & (np.arange(len(self.empty)) > self.chains.key_start)
        at = np.flatnonzero(newly & (np.roll(self.stated, 1) >= 0))
        return self._changes("erased", at, at - 1)

    def carried_over(self) -> pd.DataFrame:
        at = np.flatnonzero(self.carried)
        return self._changes("carried", at, self.before[at])

    def values(self) -> ExtensionArray:
        """Give the whole column with what is carried over."""
        rows = np.flatnonzero(self.carried[self.chains.version])
        filled = self.array.copy()
        filled[self.chains.row[rows]] = self.uniques.take(self.stated[self.before[self.chains.version[rows]]])
        return filled

    def _changes(self, what: str, at: np.ndarray, before: np.ndarray) -> pd.DataFrame:
        old, new = self._texts(self.stated[before]), self._texts(np.where(what == "restated", self.stated[at], -1))
        return changed_rows(what, self.name, self.chains, at, before, (old, new))

    def _texts(self, codes: np.ndarray) -> np.ndarray:
        held = pd.Series(self.uniques)
        words = held.dt.strftime("%Y-%m-%d") if held.dtype.kind == "M" else held.astype("string")
        texts: np.ndarray = np.append(words.to_numpy(dtype=object), "")[codes]
        return texts
