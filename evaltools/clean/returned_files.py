"""The last sheet of the workbook sent back: every file and sheet, and what became of its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from evaltools.clean.returned_entries import put_text
from evaltools.clean.workbook_look import (
    BODY,
    LINK,
    TITLE,
    WRAPPED,
    line_height,
    print_landscape,
    underline_row,
    write_header,
)

__all__ = ["FILES", "write_files"]

FILES = "About the files"
_HEADINGS = ("File", "Sheet", "Here as", "Was", "Rows", "Kept", "Merged", "Set aside", "Note")
_WIDTHS = (34, 20, 28, 10, 9, 9, 9, 11, 60)


def write_files(
    target: Worksheet,
    accounting: pd.DataFrame,
    tabs: Mapping[tuple[str, str], str],
    cut: Sequence[tuple[str, str]],
    foot: str,
) -> None:
    """Write the sheet. accounting: of one site. cut: files and sheets of which only some rows are sent back."""
    target.sheet_view.showGridLines = False
    target.cell(1, 1, "Files and sheets that we had from you").font = TITLE
    target.row_dimensions[1].height = 26
    write_header(target, 3, _HEADINGS, _WIDTHS)
    for row, line in enumerate(accounting.to_dict("records"), 4):
        key = (str(line["file"]), str(line["sheet"]))
        note = str(line["note"]) + ("; too long to send back whole: only rows with something to fix" if key in cut else "")
        texts = [key[0], key[1], tabs.get(key, ""), str(line["status"])]
        for place, text in enumerate(texts, 1):
            put_text(target.cell(row, place), text)
        for place, name in enumerate(("rows", "kept", "merged", "quarantined"), 5):
            target.cell(row, place, int(line[name])).number_format = "#,##0"
        put_text(target.cell(row, 9), note.removeprefix("; "))
        for place in range(1, 10):
            target.cell(row, place).font, target.cell(row, place).alignment = BODY, WRAPPED
        if key in tabs:
            quoted = tabs[key].replace("'", "''")
            target.cell(row, 3).hyperlink = Hyperlink(ref=f"C{row}", location=f"'{quoted}'!A1")
            target.cell(row, 3).font = LINK
        underline_row(target, row, len(_HEADINGS))
        target.row_dimensions[row].height = line_height([*texts, note], [*_WIDTHS[:4], _WIDTHS[8]])
    target.freeze_panes = "A4"
    print_landscape(target, "3:3", foot)
