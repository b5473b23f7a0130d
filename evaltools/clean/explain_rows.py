"""Explain the rows that did not stay: quarantine rows, ledger rows of merged records, and marks for the findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaltools.clean.assemble_tables import Records
from evaltools.clean.cell_ranges import cell_ranges
from evaltools.clean.issues import FIRST, Flag, Issues, Spot
from evaltools.clean.join_entries import Entries, join_entries
from evaltools.clean.judge_records import Judged
from evaltools.clean.shape_sheet import Part
from evaltools.clean.sheet import cell_name
from evaltools.clean.typed_values import groups

__all__ = ["Places", "explain_rows"]


@dataclass(frozen=True)
class Places:
    """Where things stand. sheets: spot of each sheet. parts: parts of the sheets. records: all records read."""

    sheets: Sequence[Spot]
    parts: Sequence[Part]
    records: Records

    def spot(self, sheet: int, part: int, field: str) -> Spot:
        """Find the column of a field; without one, the sheet as a whole."""
        held = self.parts[part].spots if part >= 0 else {}
        return held.get(field, self.sheets[sheet])


def explain_rows(judged: Judged, places: Places, aside: Sequence[Entries] = ()) -> Issues:
    """Explain every fault and every merged record.

    aside: entries that were set aside before (quarantine). What such a cell lacks is said there, and not again (D110).
    """
    faults = judged.faults.assign(
        sheet=places.records.sheet[judged.faults["_source"].to_numpy()],
        row=places.records.row[judged.faults["_source"].to_numpy()],
    )
    said = _said(aside)
    quarantine, flags = [], []
    for (sheet, part, field, code), group in groups(faults, ["sheet", "_part", "field", "code"]):
        spot = places.spot(sheet, part, field)
        quarantine.append(_aside(group, spot, places.parts[part].number if part >= 0 else None))
        new = group[~group["row"].isin(said.get((spot.file, spot.sheet, field), ()))] if code == "D110" else group
        if len(new):
            flags.append(Flag(code, spot, tuple(new["row"].head(FIRST)), len(new), _reasons(new)))
    ledger = (*_merged(judged, places), *_merged_rows(judged, places))
    return Issues(ledger, tuple(quarantine), (*flags, *_copies(judged, places)))


def _said(aside: Sequence[Entries]) -> dict[tuple[str, str, str], set[int]]:
    """Find the rows of entries that were set aside, by file, sheet and field."""
    rows = join_entries(aside, {"file": "string", "sheet": "string", "field": "string", "row": "Int64"})
    held = rows.groupby(["file", "sheet", "field"], sort=False)["row"] if len(rows) else ()
    return {tuple(map(str, where)): set(some) for where, some in held}  # type: ignore[misc]


def _reasons(group: pd.DataFrame) -> str:
    reasons = group["why"].drop_duplicates()
    return "; ".join(reasons.head(4)) + (f" and {len(reasons) - 4} more" if len(reasons) > 4 else "")


def _aside(group: pd.DataFrame, spot: Spot, part: int | None) -> pd.DataFrame:
    cells = [cell_name(spot.position, row) if spot.position >= 0 else "" for row in group["row"]]
    return pd.DataFrame(
        {
            "level": group["level"],
            "code": group["code"],
            "file": spot.file,
            "sheet": spot.sheet,
            "row": group["row"],
            "cell": cells,
            "column": spot.header,
            "table": group["table"],
            "field": group["field"],
            "raw": "",
            "why": group["why"],
            "part": pd.Series(part, index=group.index, dtype="Int64").where(group["level"] == "value"),
        }
    )


def _merged(judged: Judged, places: Places) -> tuple[pd.DataFrame, ...]:
    """Make one ledger row for each merged record, which says where its original stands."""
    if judged.copies.empty:
        return ()
    source, into = judged.copies["_source"].to_numpy(), judged.copies["into"].to_numpy()
    at, to = places.records.sheet[source], places.records.sheet[into]
    return (
        pd.DataFrame(
            {
                "file": [places.sheets[sheet].file for sheet in at],
                "sheet": [places.sheets[sheet].sheet for sheet in at],
                "column": "",
                "cells": [f"A{row}" for row in places.records.row[source]],
                "count": 1,
                "rule": "merge",
                "raw": "",
                "new": [
                    f"row {row} of {places.sheets[sheet].file}" + f", {places.sheets[sheet].sheet}".rstrip(", ")
                    for sheet, row in zip(to, places.records.row[into], strict=True)
                ],
            }
        ),
    )


def _merged_rows(judged: Judged, places: Places) -> tuple[Entries, ...]:
    """Make one ledger row for the rows of a part that are copies of others while their records are kept."""
    rows = judged.merged.assign(
        sheet=places.records.sheet[judged.merged["_source"].to_numpy()],
        row=places.records.row[judged.merged["_source"].to_numpy()],
    )
    ledger = []
    for (sheet, part, table), group in groups(rows, ["sheet", "_part", "table"]):
        spot, numbers = places.sheets[sheet], np.sort(group["row"].to_numpy())
        cells = cell_ranges(0, numbers, np.array([0, len(numbers)]))
        place = {"file": spot.file, "sheet": spot.sheet, "table": table, "part": [places.parts[part].number]}
        what = {"rule": "merge rows", "new": "the same row stands elsewhere"}
        ledger.append(place | what | {"cells": cells, "count": [len(numbers)]})
    return tuple(ledger)


def _copies(judged: Judged, places: Places) -> list[Flag]:
    source = judged.copies["_source"].sort_values()
    rows = pd.DataFrame({"sheet": places.records.sheet[source], "row": places.records.row[source]})
    return [
        Flag("D112", places.sheets[sheet], tuple(group["row"].head(FIRST)), len(group))
        for (sheet,), group in groups(rows, ["sheet"])
    ]
