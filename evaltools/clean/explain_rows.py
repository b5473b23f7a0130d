"""Explain the rows that did not stay: quarantine rows, ledger rows of merged records, and marks for the findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from evaltools.clean.assemble_tables import Records
from evaltools.clean.issues import FIRST, Flag, Issues, Spot
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


def explain_rows(judged: Judged, places: Places) -> Issues:
    """Explain every fault and every merged record."""
    faults = judged.faults.assign(
        sheet=places.records.sheet[judged.faults["_source"].to_numpy()],
        row=places.records.row[judged.faults["_source"].to_numpy()],
    )
    quarantine, flags = [], []
    for (sheet, part, field, code), group in groups(faults, ["sheet", "_part", "field", "code"]):
        spot = places.spot(sheet, part, field)
        quarantine.append(_aside(group, spot))
        flags.append(Flag(code, spot, tuple(group["row"].head(FIRST)), len(group), _reasons(group)))
    return Issues(_merged(judged, places), tuple(quarantine), (*flags, *_copies(judged, places)))


def _reasons(group: pd.DataFrame) -> str:
    reasons = group["why"].drop_duplicates()
    return "; ".join(reasons.head(4)) + (f" and {len(reasons) - 4} more" if len(reasons) > 4 else "")


def _aside(group: pd.DataFrame, spot: Spot) -> pd.DataFrame:
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


def _copies(judged: Judged, places: Places) -> list[Flag]:
    source = judged.copies["_source"].sort_values()
    rows = pd.DataFrame({"sheet": places.records.sheet[source], "row": places.records.row[source]})
    return [
        Flag("D112", places.sheets[sheet], tuple(group["row"].head(FIRST)), len(group))
        for (sheet,), group in groups(rows, ["sheet"])
    ]
