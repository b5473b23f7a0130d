"""Settle which rows stay: set aside what lacks an entry, contradicts or belongs to nobody, and merge copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.clean.faults import faults_of, no_faults
from evaltools.clean.find_contradictions import find_contradictions
from evaltools.clean.merge_copies import merge_copies
from evaltools.clean.require_entries import require_entries
from evaltools.schema.table import Schema

__all__ = ["Settled", "settle_rows"]


@dataclass(frozen=True)
class Settled:
    """tables: rows that stay, with ORIGIN. faults: of rows that do not. copies: records merged into others."""

    tables: dict[str, pd.DataFrame]
    faults: pd.DataFrame
    copies: pd.DataFrame


def settle_rows(tables: Mapping[str, pd.DataFrame], schema: Schema, main: Sequence[bool]) -> Settled:
    """Settle all tables. main: by part number, whether a fault of its rows sets the whole record aside.

    A record that is set aside takes all its rows with it; a fault in a part that is not main takes only that row.
    """
    mains = np.array(main, dtype=bool)
    rows = {name: frame.assign(main=mains[frame["_part"].to_numpy()]) for name, frame in tables.items()}
    lacking = _all({name: require_entries(frame, schema.tables[name]) for name, frame in rows.items() if len(frame)})
    rows = _without(rows, lacking)
    with_age = rows | {"enrolments": _with_age(rows["enrolments"], rows["participants"])}
    contradicting = _all(
        {name: find_contradictions(frame, schema.tables[name]) for name, frame in with_age.items() if len(frame)}
    )
    rows = _without(rows, contradicting)
    nobody = _all({name: _of_nobody(frame, name, rows["participants"]) for name, frame in rows.items() if len(frame)})
    rows = _without(rows, nobody)
    referral = _first_referral(rows["participants"], rows["enrolments"])
    merged = {
        name: merge_copies(frame, schema.tables[name], referral if name == "participants" else None)
        for name, frame in rows.items()
    }
    copies = pd.concat([one.copies for one in merged.values()], ignore_index=True)
    stay = {name: one.rows.drop(columns="main").reset_index(drop=True) for name, one in merged.items()}
    return Settled(stay, pd.concat([lacking, contradicting, nobody], ignore_index=True), copies)


def _all(faults: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    held = [frame for frame in faults.values() if len(frame)]
    return pd.concat(held, ignore_index=True) if held else no_faults()


def _without(rows: Mapping[str, pd.DataFrame], faults: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Leave out the records of main faults, and the single rows of the others."""
    records = faults.loc[faults["main"], "_source"].unique()
    kept = {}
    for name, frame in rows.items():
        single = faults[~faults["main"] & (faults["table"] == name)]
        gone = frame["_source"].isin(records)
        if len(single):
            pairs = pd.MultiIndex.from_frame(frame[["_source", "_part"]])
            gone |= pairs.isin(pd.MultiIndex.from_frame(single[["_source", "_part"]]))
        kept[name] = frame[~gone]
    return kept


def _of_nobody(rows: pd.DataFrame, name: str, people: pd.DataFrame) -> pd.DataFrame:
    if name == "participants" or "participant_id" not in rows.columns or rows.empty:
        return no_faults()
    strangers = rows[~rows["participant_id"].isin(people["participant_id"])]
    return faults_of(strangers, name, "D113", "participant_id", "no usable client row for this identifier")


def _with_age(enrolments: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Let two rows of one referral contradict each other in the age at that referral too."""
    age = people.drop_duplicates("_source").set_index("_source")["age_at_referral"]
    return enrolments.assign(age_at_referral=enrolments["_source"].map(age))


def _first_referral(people: pd.DataFrame, enrolments: pd.DataFrame) -> pd.Series:
    """Give each person's row the referral that its record holds, so that the earliest stands for the person."""
    dates = enrolments.drop_duplicates("_source").set_index("_source")["referral_date"]
    return pd.Series(people["_source"].map(dates).to_numpy(), index=people.index, dtype="datetime64[ns]")
