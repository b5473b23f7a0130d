"""Say of every line of a sheet what it is: title, header, blank, total or record."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from evaltools.clean.coded_cells import held_where
from evaltools.clean.sheet import Sheet
from evaltools.clean.tidy_text import tidy
from evaltools.schema.layout import SheetLayout

__all__ = ["LINE_KINDS", "classify_lines"]

_NUMBER = re.compile(r"(?:[£$€]? ?[-+]?[\d,. ]+%?)?")
LINE_KINDS = ("title", "header", "blank", "total", "record")


def classify_lines(sheet: Sheet, layout: SheetLayout, filled: pd.DataFrame) -> pd.Series:
    """Give the kind of each line by row number. filled: which cells hold anything. The sheet's columns are coded.

    A line of totals begins with one of the layout's total words and holds numbers only beside it: a person whose employer is
    called Total is a record. A header that is repeated further down is a header.
    """
    rows = sheet.cells.index.to_numpy()
    kinds = np.full(len(rows), LINE_KINDS.index("record"), dtype=np.int8)
    last_header = layout.header_row + layout.header_rows - 1
    held, header = filled.to_numpy(dtype=bool), LINE_KINDS.index("header")
    kinds[_totals(sheet, layout, held)] = LINE_KINDS.index("total")
    kinds[_repeated_headers(sheet, layout)] = header
    kinds[rows < layout.header_row] = LINE_KINDS.index("title")
    kinds[~held.any(axis=1)] = LINE_KINDS.index("blank")
    kinds[(rows >= layout.header_row) & (rows <= last_header)] = header
    return pd.Series(pd.Categorical.from_codes(kinds.tolist(), pd.Index(LINE_KINDS)), index=sheet.cells.index)


def _totals(sheet: Sheet, layout: SheetLayout, held: np.ndarray) -> np.ndarray:
    """Find the lines whose first entry is a total word."""
    words = {word.casefold() for word in layout.total_words}
    total = np.zeros(len(held), dtype=bool)
    first = held.argmax(axis=1) if held.size else np.zeros(len(held), dtype=np.int64)
    for place in np.unique(first).tolist() if held.size else ():
        column = sheet.cells.iloc[:, place]
        values = column.cat.categories.tolist()
        together = tidy("|".join(value for value in values if isinstance(value, str))).casefold()
        if any(word in together for word in words):
            wanted = np.array([_is_total(value, words) for value in values], dtype=bool)
            total |= (first == place) & held_where(column, wanted)
    for row in np.flatnonzero(total).tolist():
        others = sheet.cells.iloc[row].tolist()[int(first[row]) + 1 :]
        total[row] = all(_NUMBER.fullmatch(tidy(str(cell))) for cell in others)
    return total


def _is_total(value: object, words: set[str]) -> bool:
    return isinstance(value, str) and tidy(value).rstrip(":").casefold() in words


def _repeated_headers(sheet: Sheet, layout: SheetLayout) -> np.ndarray:
    """Give the places of the lines that are copies of the header, as printed pages have them (with one header row only)."""
    if layout.header_rows != 1 or layout.header_row not in sheet.cells.index:
        return np.array([], dtype=np.int64)
    same = np.arange(len(sheet.cells))
    place = sheet.cells.index.get_indexer(pd.Index([layout.header_row]))[0]
    for _, column in sheet.cells.items():
        codes = column.array.codes
        same = same[codes[same] == codes[place]]
    return same
