"""A workbook as plain values: what every writer is given, whatever the file format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

__all__ = ["Cell", "ErrorCell", "GridBook", "GridSheet", "Span", "column_letters", "serial_number"]


@dataclass(frozen=True)
class ErrorCell:
    """An error that a formula left in a cell, such as `#N/A`."""

    text: str


Cell = str | int | float | date | ErrorCell | None


@dataclass(frozen=True)
class Span:
    """A merged block of cells. Rows and columns count from 1 and include both ends."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class GridSheet:
    """One sheet. rows: cells of each row, from row 1. hidden_rows, hidden_columns: numbers from 1."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def filled(self) -> Iterator[tuple[int, list[tuple[int, Cell]]]]:
        """Give each row number (from 0) with its filled cells as (column number from 0, value)."""
        for number, row in enumerate(self.rows):
            yield number, [(place, value) for place, value in enumerate(row) if value is not None]


@dataclass(frozen=True)
class GridBook:
    """A workbook. date1904: days are counted from 1904, as old Macintosh workbooks do."""

    sheets: tuple[GridSheet, ...]
    date1904: bool = False


def serial_number(day: date, date1904: bool = False) -> int:
    """Give the number by which a workbook holds a day (valid from 1 March 1900).

    Parameters
    ----------
    day
        The day.
    date1904
        Whether the workbook counts from 1904.

    Returns
    -------
    int
        Days.

    Examples
    --------
    >>> serial_number(date(2021, 4, 3)), serial_number(date(2021, 4, 3), date1904=True)
    (44289, 42827)
    """
    return (day - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))).days


def column_letters(number: int) -> str:
    """Give the letters of a column.

    Parameters
    ----------
    number
        Column number, from 1.

    Returns
    -------
    str
        Letters as spreadsheets show them.

    Examples
    --------
    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
