"""What the cell reader does not say about a workbook: error cells, hidden parts, the date system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from evaltools.clean.sheet import column_letters

__all__ = ["ERROR_NAMES", "LARGEST_SHEET", "Marks", "SheetMarks", "hidden_words"]

ERROR_NAMES: dict[int, str] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


LARGEST_SHEET = 30_000_000
"""Cells of a sheet's bounding box that may be read into memory."""


@dataclass(frozen=True)
class SheetMarks:
    """errors: text by (row from 1, column from 0). hidden: hidden rows and columns, in words. too_large: not to be read."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    too_large: bool = False


@dataclass(frozen=True)
class Marks:
    """Marks of each sheet by name. date_1904: days are counted from 1904."""

    sheets: dict[str, SheetMarks] = field(default_factory=dict)
    date_1904: bool = False


def hidden_words(rows: Iterable[int], columns: Iterable[int]) -> tuple[str, ...]:
    """Hidden rows (numbers from 1) and columns (positions from 0) in words.

    >>> hidden_words([6], [2])
    ('row 6', 'column C')
    """
    return tuple(f"row {row}" for row in rows) + tuple(f"column {column_letters(column)}" for column in columns)
