"""Find a sheet's header row and name its columns, joining two header rows into one."""

from __future__ import annotations

import re

import pandas as pd

from evaltools.clean.sheet import Sheet, cell_text
from evaltools.clean.tidy_text import tidy
from evaltools.schema.layout import SheetLayout

__all__ = ["header_key", "header_names"]


def header_key(header: str) -> str:
    r"""Give what two spellings of one header have in common: capitals, spaces and line breaks do not matter.

    >>> header_key(" Date of\n Referral") == header_key("date of referral")
    True
    """
    return re.sub(r"\s+", " ", tidy(header)).strip().casefold()


def header_names(sheet: Sheet, layout: SheetLayout, row: int = 0) -> tuple[str, ...]:
    """Name every column, '' where the header is empty. row: where to look, instead of the layout's header row."""
    row = row or layout.header_row
    lower = _texts(sheet, row + layout.header_rows - 1)
    if layout.header_rows == 1:
        return lower
    upper = _filled(sheet, row, _texts(sheet, row))
    joined = []
    for position, (above, below) in enumerate(zip(upper, lower, strict=True)):
        above = "" if not below and not _texts(sheet, row)[position] else above
        joined.append(" / ".join(part for part in (above, below) if part))
    return tuple(joined)


def _texts(sheet: Sheet, row: int) -> tuple[str, ...]:
    place = sheet.cells.index.get_indexer(pd.Index([row]))[0]
    if place < 0:
        return ("",) * sheet.cells.shape[1]
    return tuple(re.sub(r"\s+", " ", tidy(cell_text(column.array[place]))) for _, column in sheet.cells.items())


def _filled(sheet: Sheet, row: int, texts: tuple[str, ...]) -> list[str]:
    """Fill an upper header row to the right: within merged cells where it has any, else over the blanks that follow."""
    filled = list(texts)
    merged = [span for span in sheet.merged if span[0] <= row <= span[2] and span[3] > span[1]]
    for _, first, _, last in merged:
        filled[first : last + 1] = [texts[first]] * (min(last + 1, len(texts)) - first)
    if not merged:
        for position in range(1, len(filled)):
            filled[position] = filled[position] or filled[position - 1]
    return filled
