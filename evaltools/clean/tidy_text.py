"""Tidy entered text: spaces around it, invisible characters, curly quotation marks. Nothing else is touched."""

from __future__ import annotations

import re

import pandas as pd

from evaltools.clean.distinct import distinct_cells
from evaltools.clean.issues import Spot
from evaltools.clean.reading import CleanColumn, Reading, apply_readings
from evaltools.clean.sheet import Cell

__all__ = ["filled_cells", "tidy", "tidy_column"]

_SPACES = re.compile("[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\t\r\n]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'})


def tidy(text: str) -> str:
    """Tidy one text; a line break or special space inside it becomes a plain space.

    >>> tidy(" Women\u2019s\u00a0team\u200b ")
    "Women's team"
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).translate(_PLAIN).strip()


def tidy_column(cells: pd.Series, spot: Spot) -> CleanColumn:
    """Tidy a column of cells; days that the workbook holds stay as they are."""
    distinct = distinct_cells(cells)
    return apply_readings(distinct, [_tidied(cell) for cell in distinct.values], spot, "object")


def filled_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Say which cells hold anything once tidied."""
    return pd.DataFrame(
        {position: _filled(column) for position, column in cells.items()}, index=cells.index, columns=cells.columns
    )


def _filled(column: pd.Series) -> pd.Series:
    distinct = distinct_cells(column)
    held = pd.array([not isinstance(value, str) or bool(tidy(value)) for value in distinct.values], dtype=bool)
    return pd.Series(held.to_numpy()[distinct.codes], index=column.index)


def _tidied(cell: Cell) -> Reading:
    if not isinstance(cell, str):
        return Reading(cell)
    text = tidy(cell)
    return Reading(cell) if text == cell else Reading(text, "trim", "D117")
