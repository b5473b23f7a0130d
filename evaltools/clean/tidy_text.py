"""Tidy entered text: spaces around it, invisible characters, curly quotation marks. Nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import is_not

import numpy as np
import pandas as pd

from evaltools.clean.coded_cells import coded_cells, held_where
from evaltools.clean.distinct import Distinct
from evaltools.clean.issues import FIRST, Flag, Issues, Spot
from evaltools.clean.reading import changed_cells, hidden_change
from evaltools.clean.sheet import Cell

__all__ = ["filled_cells", "tidied_cells", "tidy", "tidy_column"]

_SPACES = re.compile("[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\t\r\n]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPECIAL = re.compile("|".join((_SPACES.pattern, _INVISIBLE.pattern, "[\u2018\u2019\u201a\u201c\u201d\u201e]")))
_PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'})


def tidy(text: str) -> str:
    """Tidy one text; a line break or special space inside it becomes a plain space.

    >>> tidy(" Women\u2019s\u00a0team\u200b ")
    "Women's team"
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).translate(_PLAIN).strip()


def tidied_cells(cells: Sequence[Cell]) -> list[Cell]:
    """Tidy distinct cells; days that the workbook holds stay as they are. A cell that is tidy stays the same object."""
    try:
        together = "".join(cells)  # type: ignore[arg-type]  # a day among them is the TypeError
    except TypeError:
        return [cell if not isinstance(cell, str) else _kept(cell, tidy(cell)) for cell in cells]
    if (together.isascii() and together.isprintable()) or not _SPECIAL.search(together):
        return list(map(str.strip, cells))  # type: ignore[arg-type]
    return [_kept(cell, tidy(cell)) for cell in cells]  # type: ignore[arg-type]


def _kept(cell: str, text: str) -> str:
    return cell if text == cell else text


def tidy_column(distinct: Distinct, spot: Spot) -> tuple[Distinct, Issues]:
    """Tidy a column of cells: with one ledger row for each changed value, or one for all when they are identifiers."""
    values = tidied_cells(distinct.values)
    if values == distinct.values:
        return distinct, Issues()
    changed = np.fromiter(map(is_not, values, distinct.values), dtype=bool, count=len(values))
    rows = distinct.rows_with(changed)
    flag = Flag("D117", spot, tuple(rows[:FIRST].tolist()), len(rows))
    if spot.identifier:
        tidied = Distinct(values, distinct.codes, distinct.rows)  # two may be the same now: they get the same pseudonym
        return tidied, Issues((hidden_change(distinct, changed, "trim", spot),), (), (flag,))
    numbers = np.flatnonzero(changed)
    what = {"raw": [distinct.values[number] for number in numbers.tolist()]}
    what["new"] = [values[number] for number in numbers.tolist()]
    ledger = changed_cells(distinct, numbers, spot, {"rule": "trim"} | what)
    return distinct.recoded(values), Issues(ledger, (), (flag,))


def filled_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """Say which cells hold anything once tidied."""
    columns = {position: held_where(column, _filled(column)) for position, column in coded_cells(cells).items()}
    return pd.DataFrame(columns, index=cells.index, columns=cells.columns, copy=False)


def _filled(column: pd.Series) -> np.ndarray:
    cells = tidied_cells(column.cat.categories.tolist())
    filled = np.ones(len(cells), dtype=bool)
    place = -1
    for _ in range(cells.count("")):
        place = cells.index("", place + 1)
        filled[place] = False
    return filled
