"""Name cells and columns as spreadsheets do."""

from __future__ import annotations

__all__ = ["cell_name", "column_letters"]


def column_letters(position: int) -> str:
    """Give the column letters of a position from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(position: int, row: int) -> str:
    """Name a cell, for a column position from 0 and a row number from 1.

    >>> cell_name(6, 15)
    'G15'
    """
    return f"{column_letters(position)}{row}"
