"""Settle which rows stay: set aside what lacks an entry, contradicts or belongs to nobody, and merge copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from evaltools.clean.faults import faults_of, no_faults
from evaltools.clean.find_contradictions import find_contradictions
from evaltools.clean.key_codes import first_of_record, key_codes, person_codes
from evaltools.clean.merge_copies import merge_copies
from evaltools.clean.require_entries import require_entries
from evaltools.schema.table import Schema, Table

__all__ = ["Settled", "settle_rows"]

_FOR_MERGING = ("_source", "_part", "_place", "_key")


@dataclass(frozen=True)
class Settled:
    """tables: rows that stay, with ORIGIN. faults: of rows that do not. copies: records merged into others.

    argued: by table, the rows of records that contradict each other (D111).
    """

    tables: dict[str, pd.DataFrame]
    faults: pd.DataFrame
    copies: pd.DataFrame
    argued: dict[str, pd.DataFrame] = field(default_factory=dict)


def settle_rows(tables: Mapping[str, pd.DataFrame], schema: Schema, main: Sequence[bool]) -> Settled:
    """Settle all tables. main: by part number, whether a fault of its rows sets the whole record aside.

    A record that is set aside takes all its rows with it; a fault in a part that is not main takes only that row.
    """
    mains = np.array(main, dtype=bool)
    lacking = _all({name: require_entries(_marked(rows, mains), schema.tables[name]) for name, rows in tables.items()})
    left = _without({name: np.arange(len(rows)) for name, rows in tables.items()}, tables, lacking)
    rows = {name: _keys(tables[name], places, schema.tables[name], mains) for name, places in left.items()}
    contradicting = _all({name: _contradictions(name, rows, tables, schema.tables[name]) for name in rows})
    rows = _remaining(rows, contradicting)
    nobody = _all(_of_nobody(rows))
    rows = _remaining(rows, nobody)
    referral = _by_record(tables["enrolments"], rows["enrolments"], "referral_date", rows["participants"])
    slim = {name: {each: frame[each].array for each in _FOR_MERGING} for name, frame in rows.items()}
    del rows
    merged = {
        name: merge_copies(
            pd.DataFrame(columns, copy=False), schema.tables[name], referral if name == "participants" else None
        )
        for name, columns in slim.items()
    }
    copies = pd.concat([one.copies for one in merged.values()], ignore_index=True)
    kept = {name: np.asarray(slim.pop(name)["_place"])[one.stays] for name, one in merged.items()}
    sources = contradicting["_source"].unique()
    argued = {name: frame[np.isin(frame["_source"].to_numpy(), sources)] for name, frame in tables.items()}
    columns = {name: {str(each): column.array for each, column in frame.items()} for name, frame in tables.items()}
    del merged, tables  # large tables are not held twice, where nobody else holds them
    stay = {name: _taken(columns.pop(name), places) for name, places in kept.items()}
    return Settled(stay, pd.concat([lacking, contradicting, nobody], ignore_index=True), copies, argued)


def _marked(frame: pd.DataFrame, mains: np.ndarray) -> pd.DataFrame:
    marked = frame.copy(deep=False)
    marked["main"] = mains[frame["_part"].to_numpy()]
    return marked


def _keys(frame: pd.DataFrame, places: np.ndarray, table: Table, mains: np.ndarray) -> pd.DataFrame:
    """Take of some rows only what tells them apart: '_key' numbers their keys, '_place' says where they stand."""
    named = [name for name in ("participant_id", "_source", "_part") if name in frame.columns]
    whole = len(places) == len(frame)
    columns: dict[str, Any] = {
        name: frame[name].array if whole else frame[name].array.take(places) for name in dict.fromkeys((*table.key, *named))
    }
    numbers = key_codes(pd.DataFrame({name: columns[name] for name in table.key}, copy=False), table.key)
    held = {name: columns[name] for name in named} | {"main": mains[columns["_part"]], "_place": places, "_key": numbers}
    return pd.DataFrame(held, copy=False)


def _taken(columns: dict[str, ExtensionArray], places: np.ndarray) -> pd.DataFrame:
    """Take rows by place, column by column. columns: emptied, so that only one of them is held twice."""
    return pd.DataFrame({name: columns.pop(name).take(places) for name in list(columns)}, copy=False)


def _all(faults: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    held = [frame for frame in faults.values() if len(frame)]
    return pd.concat(held, ignore_index=True) if held else no_faults()


def _remaining(rows: Mapping[str, pd.DataFrame], faults: pd.DataFrame) -> dict[str, pd.DataFrame]:
    places = _without({name: np.arange(len(frame)) for name, frame in rows.items()}, rows, faults)
    return {name: rows[name] if len(left) == len(rows[name]) else rows[name].iloc[left] for name, left in places.items()}


def _without(
    places: Mapping[str, np.ndarray], rows: Mapping[str, pd.DataFrame], faults: pd.DataFrame
) -> dict[str, np.ndarray]:
    """Leave out the records of main faults, and the single rows of the others; gives the places of what is left."""
    if faults.empty:
        return dict(places)
    records = faults.loc[faults["main"], "_source"].to_numpy()
    single = faults[~faults["main"]]
    kept = {}
    for name, frame in rows.items():
        gone = np.isin(frame["_source"].to_numpy(), records)
        own = single[single["table"] == name]
        if len(own):
            parts = 1 + max(int(frame["_part"].max()), int(own["_part"].max()))
            pairs, wanted = (one["_source"].to_numpy() * parts + one["_part"].to_numpy() for one in (frame, own))
            gone |= np.isin(pairs, wanted)
        kept[name] = places[name][~gone]
    return kept


def _contradictions(
    name: str, rows: Mapping[str, pd.DataFrame], tables: Mapping[str, pd.DataFrame], table: Table
) -> pd.DataFrame:
    """Find contradictions among the rows whose key stands more than once.

    Two rows of one referral may contradict each other in the age at that referral too.
    """
    codes = rows[name]["_key"].to_numpy()
    twice = rows[name][np.bincount(codes)[codes] > 1] if len(codes) else rows[name]
    if twice.empty:
        return no_faults()
    whole = tables[name].iloc[twice["_place"].to_numpy()].assign(main=twice["main"].to_numpy())
    if name == "enrolments":
        age = _by_record(tables["participants"], rows["participants"], "age_at_referral", twice)
        whole = whole.assign(age_at_referral=age.to_numpy(dtype=object))
    return find_contradictions(whole, table)


def _of_nobody(rows: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Find the rows of people who have no row of their own."""
    people = person_codes(rows)
    known = np.zeros(max(int(codes.max(initial=-1)) for codes in people.values()) + 2, dtype=bool)
    known[people["participants"]] = True  # all of them are named; the last place is nobody's
    strangers = {name: rows[name][~known[codes]] for name, codes in people.items() if name != "participants"}
    why = "no usable client row for this identifier"
    return {name: faults_of(held, name, "D113", "participant_id", why) for name, held in strangers.items() if len(held)}


def _by_record(table: pd.DataFrame, rows: pd.DataFrame, field: str, wanted: pd.DataFrame) -> pd.Series:
    """Look up a field of the first row that each wanted row's record gives, missing where it gives none.

    table: with the field. rows: those of its rows that are left ('_place', '_source').
    """
    found = first_of_record(rows, wanted["_source"].to_numpy())
    places = np.append(rows["_place"].to_numpy(), -1)[found]
    return pd.Series(table[field].array.take(places, allow_fill=True), index=wanted.index)
