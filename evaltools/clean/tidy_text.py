"""Tidy entered text: spaces around it, invisible characters, curly quotation marks. Nothing else is touched."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from evaltools.clean.distinct import Distinct
from evaltools.clean.issues import Issues, Spot
from evaltools.clean.reading import Reading, apply_readings
from evaltools.clean.sheet import Cell

__all__ = ["filled_cells", "tidy", "tidy_column"]

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\r\n]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'})


def tidy(text: str) -> str:
    """Tidy one text; a line break or special space inside it becomes a plain space.

    >>> tidy(" Women\u2019s\u00a0team\u200b ")
    "Women's team"
    """
    if text.isascii() and text == text.strip() and text.isprintable():
        return text
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", text).translate(_PLAIN).strip()


def tidy_column(cells: pd.Series, spot: Spot) -> tuple[pd.Series, Issues]:
    """Tidy a column of cells; days that the workbook holds stay as they are."""
    distinct = Distinct.of(cells)
    readings = [_tidied(cell) for cell in distinct.values]
    return apply_readings(distinct, readings, spot), Issues()
