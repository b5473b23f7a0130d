"""Assemble parts of many sheets into one frame for each table, with every row's origin beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evaltools.clean.coded_texts import SharedTexts
from evaltools.clean.held_values import HeldValues, join_values, same_value
from evaltools.clean.shape_sheet import Part
from evaltools.schema.table import Schema, Table

__all__ = ["ORIGIN", "Records", "assemble_tables", "empty_table", "share_texts"]

ORIGIN = ("_source", "_part")
"""Columns beside a table's own: the record that a row comes from, and the part of a sheet."""
_NO_ROWS = np.array([], dtype=np.int32)
_MISSING = same_value(None, "string", _NO_ROWS)


@dataclass(frozen=True)
class Records:
    """Every record read. sheet: number of its sheet; row: its row there (by record number). offsets: first of each sheet."""

    sheet: np.ndarray
    row: np.ndarray
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, rows: Sequence[np.ndarray]) -> Records:
        """Make record numbers for all sheets. rows: row numbers of each sheet's records, ascending."""
        counts = [len(one) for one in rows]
        sheet = np.repeat(np.arange(len(rows), dtype=np.int32), counts)
        return cls(
            sheet,
            np.concatenate([np.array([], dtype=np.int32), *rows]).astype(np.int32),
            tuple(np.cumsum([0, *counts]).tolist()),
        )

    def number(self, sheet: int, rows: np.ndarray) -> np.ndarray:
        """Give the record numbers of rows of a sheet."""
        held = self.row[self.offsets[sheet] : self.offsets[sheet + 1]]
        numbers: np.ndarray = self.offsets[sheet] + np.searchsorted(held, rows)
        return numbers


def share_texts(parts: Sequence[Part], schema: Schema, people: Sequence[HeldValues] = ()) -> dict[str, SharedTexts]:
    """Collect the distinct texts of every field of text, by name, whichever tables it stands in. people: of each record."""
    names = {name: None for table in schema.tables.values() for name, dtype in table.types().items() if dtype == "string"}
    held = {name: [part.columns[name] for part in parts if name in part.columns] for name in names}
    held["participant_id"] += people
    return {name: SharedTexts([_MISSING, *columns]) for name, columns in held.items()}


def assemble_tables(
    parts: Sequence[Part], sheets: Sequence[int], records: Records, schema: Schema, texts: Mapping[str, SharedTexts]
) -> dict[str, pd.DataFrame]:
    """Put the parts together by table, with all columns of the schema and those of ORIGIN.

    sheets: number of each part's. texts: from `share_texts`, by which columns of text are coded.
    """
    held: dict[str, list[tuple[int, Part, np.ndarray]]] = {name: [] for name in schema.tables}
    for number, (part, sheet) in enumerate(zip(parts, sheets, strict=True)):
        if len(part.rows):
            held[part.table].append((number, part, records.number(sheet, part.rows)))
    return {name: _assembled(some, schema.tables[name], texts) for name, some in held.items()}


def _assembled(
    parts: Sequence[tuple[int, Part, np.ndarray]], table: Table, texts: Mapping[str, SharedTexts]
) -> pd.DataFrame:
    if not parts:
        return _with_origin(empty_table(table))
    columns: dict[str, Any] = {}
    for name, dtype in table.types().items():
        missing = _MISSING if dtype == "string" else same_value(None, dtype, _NO_ROWS)
        held = [part.columns.get(name) or _repeated(missing, part.rows) for _, part, _ in parts]
        columns[name] = texts[name].column(held) if dtype == "string" else join_values(held)
    columns["_source"] = np.concatenate([source for _, _, source in parts])
    columns["_part"] = np.repeat([number for number, _, _ in parts], [len(source) for _, _, source in parts])
    return pd.DataFrame(columns, copy=False)


def _repeated(missing: HeldValues, rows: np.ndarray) -> HeldValues:
    return HeldValues(np.zeros(len(rows), dtype=np.int32), missing.distinct, rows)


def _with_origin(empty: pd.DataFrame) -> pd.DataFrame:
    return empty.assign(**{name: pd.Series([], dtype="int64") for name in ORIGIN})


def empty_table(table: Table) -> pd.DataFrame:
    """Make a table without rows, with its columns and types."""
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in table.types().items()})
