"""Say of every line of a sheet what it is: title, header, blank, total or record."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.sheet import Sheet
from evaltools.clean.tidy_text import tidy
from evaltools.schema.layout import SheetLayout

__all__ = ["LINE_KINDS", "classify_lines"]

LINE_KINDS = ("title", "header", "blank", "total", "record")


def classify_lines(sheet: Sheet, layout: SheetLayout, filled: pd.DataFrame) -> pd.Series:
    """Give the kind of each line by row number. filled: which cells hold anything.

    A line of totals begins with one of the layout's total words; a header that is repeated further down is a header.
    """
    rows = sheet.cells.index.to_numpy()
    kinds = np.full(len(rows), "record", dtype=object)
    last_header = layout.header_row + layout.header_rows - 1
    kinds[_totals(sheet, layout, filled)] = "total"
    kinds[_repeated_headers(sheet, layout)] = "header"
    kinds[rows < layout.header_row] = "title"
    kinds[~filled.to_numpy(dtype=bool).any(axis=1)] = "blank"
    kinds[(rows >= layout.header_row) & (rows <= last_header)] = "header"
    return pd.Series(kinds, index=sheet.cells.index)


def _totals(sheet: Sheet, layout: SheetLayout, filled: pd.DataFrame) -> np.ndarray:
    words = {word.casefold() for word in layout.total_words}
    held = filled.to_numpy(dtype=bool)
    if not held.size:
        return np.zeros(len(held), dtype=bool)
    cells = sheet.cells.to_numpy(dtype=object)[np.arange(len(held)), held.argmax(axis=1)]
    return np.array([isinstance(cell, str) and tidy(cell).rstrip(":").casefold() in words for cell in cells], dtype=bool)


def _repeated_headers(sheet: Sheet, layout: SheetLayout) -> np.ndarray:
    """Find the lines that are copies of the header, as printed pages have them (with one header row only)."""
    row = layout.header_row
    same = np.full(len(sheet.cells), layout.header_rows == 1 and row in sheet.cells.index, dtype=bool)
    for position in sheet.cells.columns if same.any() else ():
        column = sheet.cells[position].to_numpy(dtype=object)
        same &= column == sheet.cells.at[row, position]
    return same
