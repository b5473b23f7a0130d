"""One of the provider's own sheets in the workbook sent back: its entries where they stood, cells shaded and commented."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from evaltools.clean.returned_entries import put_entry, shown_entry
from evaltools.clean.sheet import column_letters
from evaltools.clean.workbook_look import BODY, INK, PRIORITIES, paint, print_landscape

__all__ = ["LONGEST_SHEET", "ReturnedSheet", "rows_shown", "write_sheet"]

LONGEST_SHEET = 5_000  # rows; of a longer sheet only the rows with something to fix are sent back
_MOST_COMMENTS = 2_000
_HEADER = PatternFill("solid", fgColor="E4E9EE")
_EDGE = Border(*(Side(style="thin", color="C0504D"),) * 4)
_LEFT = Alignment(horizontal="left")
_AUTHOR = "evaltools"


@dataclass(frozen=True)
class ReturnedSheet:
    """A sheet as the provider sent it. cells: as in `Sheet`. header_row: from 1; header_rows: how many.

    merged: as in `Sheet`; only what is merged in the title and header is merged again.
    """

    file: str
    name: str
    cells: pd.DataFrame
    header_row: int = 1
    header_rows: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()

    @property
    def body(self) -> int:
        """First row after the header."""
        return self.header_row + self.header_rows


def rows_shown(sheet: ReturnedSheet, marks: pd.DataFrame) -> np.ndarray:
    """Give the rows that are sent back: all, or of a long sheet the header and those with something to fix or check.

    marks: severity and row of the cells to be shaded.
    """
    rows = sheet.cells.index.to_numpy()
    if len(rows) <= LONGEST_SHEET:
        return rows
    wanted = marks.loc[marks["severity"] != "changed for you", "row"].drop_duplicates().head(LONGEST_SHEET)
    shown: np.ndarray = rows[(rows < sheet.body) | np.isin(rows, wanted.to_numpy())]
    return shown


def write_sheet(target: Worksheet, sheet: ReturnedSheet, marks: pd.DataFrame, foot: str) -> None:
    """Write a sheet. marks: severity, position, row and text of each cell to shade, the gravest last."""
    shown = rows_shown(sheet, marks)
    held = sheet.cells.loc[shown].to_numpy(dtype=object)
    pattern = target.cell(1, 1)
    pattern.font, pattern.alignment = BODY, _LEFT
    plain = copy(pattern._style)
    for row, place in np.argwhere(held != "").tolist():
        cell = target.cell(int(shown[row]), place + 1)
        cell._style = copy(plain)  # the styles are looked up once: setting a font in every cell takes ten times as long
        put_entry(cell, held[row, place])
    if len(shown) < len(sheet.cells):
        _hide_the_rest(target, shown)
    _head(target, sheet)
    _widths(target, sheet, held, shown)
    _shade(target, marks[marks["row"].isin(shown)])
    print_landscape(target, f"{sheet.header_row}:{sheet.body - 1}", foot)


def _hide_the_rest(target: Worksheet, shown: np.ndarray) -> None:
    """Close the gaps: rows that are not sent back keep their numbers and are hidden."""
    target.sheet_format.zeroHeight = True
    for row in shown.tolist():
        target.row_dimensions[row].height = 15


def _head(target: Worksheet, sheet: ReturnedSheet) -> None:
    width = sheet.cells.shape[1]
    for row in range(sheet.header_row, sheet.body):
        for place in range(1, width + 1):
            cell = target.cell(row, place)
            cell.fill, cell.font = _HEADER, Font(name=BODY.name, size=10, bold=True, color=INK)
            cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    for top, left, bottom, right in sheet.merged:
        block = sheet.cells.loc[top:bottom, left:right].to_numpy(dtype=object).ravel()
        if bottom < sheet.body and (block[1:] == "").all() and (bottom > top or right > left):
            target.merge_cells(start_row=top, start_column=left + 1, end_row=bottom, end_column=right + 1)
    if sheet.header_row in sheet.cells.index:
        target.freeze_panes = target.cell(sheet.body, 2)


def _widths(target: Worksheet, sheet: ReturnedSheet, held: np.ndarray, shown: np.ndarray) -> None:
    """Make each column as wide as its entries need, and the header as high as its wrapped words need."""
    body, head = held[shown >= sheet.body], held[(shown >= sheet.header_row) & (shown < sheet.body)]
    widths = []
    for place in range(held.shape[1]):
        entries = pd.unique(body[:, place])[:2_000]
        longest = max((len(_text(entry)) for entry in entries), default=0)
        words = [len(word) for entry in head[:, place] for word in _text(entry).split()]
        widths.append(min(max(longest + 2, max(words, default=0) + 3, 8), 36))
        target.column_dimensions[column_letters(place)].width = widths[-1]
    for number, row in enumerate(range(sheet.header_row, sheet.body)):
        if number < len(head):
            lines = max(
                (-(-len(_text(entry)) // max(width - 2, 6)) for entry, width in zip(head[number], widths, strict=True)),
                default=1,
            )
            target.row_dimensions[row].height = 13.5 * min(max(lines, 1), 6) + 6


def _text(entry: Any) -> str:
    return shown_entry(entry) if isinstance(entry, (str, datetime)) else ""


def _shade(target: Worksheet, marks: pd.DataFrame) -> None:
    """Shade every cell that a finding is about, in the colour of the gravest, with the words in a comment."""
    grave = marks.drop_duplicates(["position", "row"], keep="last")
    for severity, row, position in zip(grave["severity"], grave["row"].tolist(), grave["position"].tolist(), strict=True):
        cell = target.cell(row, position + 1)
        cell.fill = paint(PRIORITIES[severity][1])
        if severity == "must fix":
            cell.border = _EDGE
            cell.font = Font(name=BODY.name, size=10, bold=True, color=INK)
    by_cell = marks.iloc[::-1].groupby(["row", "position"], sort=True)["text"]
    texts = by_cell.agg(lambda held: "\n\n".join(dict.fromkeys(held))).head(_MOST_COMMENTS).reset_index()
    for row, position, text in zip(texts["row"].tolist(), texts["position"].tolist(), texts["text"], strict=True):
        comment = Comment(text, _AUTHOR)
        comment.width, comment.height = 320, 30 + 18 * (len(text) // 44 + 1 + 2 * text.count("\n\n"))
        target.cell(row, position + 1).comment = comment
