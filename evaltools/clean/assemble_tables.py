"""Assemble parts of many sheets into one frame for each table, with every row's origin beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evaltools.clean.held_values import held_array, join_values
from evaltools.clean.shape_sheet import Part
from evaltools.clean.typed_values import typed_array
from evaltools.schema.table import Schema, Table

__all__ = ["ORIGIN", "Records", "assemble_tables", "empty_table"]

ORIGIN = ("_source", "_part")
"""Columns beside a table's own: the record that a row comes from, and the part of a sheet."""


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
        sheet = np.repeat(np.arange(len(rows)), counts)
        return cls(sheet, np.concatenate([np.array([], dtype="int64"), *rows]), tuple(np.cumsum([0, *counts]).tolist()))

    def number(self, sheet: int, rows: np.ndarray) -> np.ndarray:
        """Give the record numbers of rows of a sheet."""
        held = self.row[self.offsets[sheet] : self.offsets[sheet + 1]]
        numbers: np.ndarray = self.offsets[sheet] + np.searchsorted(held, rows)
        return numbers


def assemble_tables(
    parts: Sequence[Part], sheets: Sequence[int], records: Records, schema: Schema
) -> dict[str, pd.DataFrame]:
    """Put the parts together by table, with all columns of the schema and those of ORIGIN. sheets: number of each part's."""
    held: dict[str, list[tuple[int, Part, np.ndarray]]] = {name: [] for name in schema.tables}
    for number, (part, sheet) in enumerate(zip(parts, sheets, strict=True)):
        if len(part.rows):
            held[part.table].append((number, part, records.number(sheet, part.rows)))
    return {name: _assembled(some, schema.tables[name]) for name, some in held.items()}


def _assembled(parts: Sequence[tuple[int, Part, np.ndarray]], table: Table) -> pd.DataFrame:
    if not parts:
        return _with_origin(empty_table(table))
    columns: dict[str, Any] = {}
    for name, dtype in table.types().items():
        missing = typed_array([None], dtype)
        columns[name] = join_values(
            [part.columns.get(name) or held_array(missing, np.zeros(len(part.rows)), part.rows) for _, part, _ in parts]
        )
    columns["_source"] = np.concatenate([source for _, _, source in parts])
    columns["_part"] = np.repeat([number for number, _, _ in parts], [len(source) for _, _, source in parts])
    return pd.DataFrame(columns, copy=False)


def _with_origin(empty: pd.DataFrame) -> pd.DataFrame:
    return empty.assign(**{name: pd.Series([], dtype="int64") for name in ORIGIN})


def empty_table(table: Table) -> pd.DataFrame:
    """Make a table without rows, with its columns and types."""
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in table.types().items()})
