"""What the cell reader does not say about a workbook: error cells, hidden parts, the date system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from evaltools.clean.cell_names import column_letters

__all__ = ["ERROR_NAMES", "LARGEST_SHEET", "NO_VALUE", "Marks", "SheetMarks", "error_word", "hidden_words"]

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
NO_VALUE = "a formula without its value"
"""Stands for the value of a formula that no program has worked out: it is not in the file."""

_NEWER = ("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!", "#EXTERNAL!")
_ERRORS = frozenset((*ERROR_NAMES.values(), *_NEWER))

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


def error_word(cell: object) -> str:
    """Give the error that a cell holds, newer Excel's included; '' where it holds none.

    >>> error_word("#n/a"), error_word("#SPILL!"), error_word("#1"), error_word(NO_VALUE)
    ('#N/A', '#SPILL!', '', 'a formula without its value')
    """
    if not isinstance(cell, str) or (cell[:1] != "#" and cell != NO_VALUE):
        return ""
    return cell if cell == NO_VALUE else cell.upper() if cell.upper() in _ERRORS else ""


def hidden_words(rows: Iterable[int], columns: Iterable[int]) -> tuple[str, ...]:
    """Hidden rows (numbers from 1) and columns (positions from 0) in words.

    >>> hidden_words([6], [2])
    ('row 6', 'column C')
    """
    return tuple(f"row {row}" for row in rows) + tuple(f"column {column_letters(column)}" for column in columns)
