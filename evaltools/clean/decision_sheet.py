"""The workbook of questions that only people can answer: decisions/decisions.xlsx of a study."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from evaltools.clean.ask_questions import SEPARATOR
from evaltools.clean.decision_status import APPLIED, OPEN
from evaltools.clean.returned_entries import put_text
from evaltools.clean.sheet import column_letters
from evaltools.clean.steady_archive import steady_archive
from evaltools.clean.workbook_look import (
    BODY,
    NOTE,
    STRONG,
    TITLE,
    WARNING,
    WRAPPED,
    line_height,
    paint,
    print_landscape,
    underline_row,
    write_header,
)

__all__ = ["COLUMNS", "HEAD", "SHEET", "decision_sheet"]

SHEET = "Decisions"
HEAD = 8  # row of the headings
COLUMNS = {
    "Question": "id",
    "Kind": "kind",
    "Site": "site",
    "File": "file",
    "Sheet": "sheet",
    "Cells": "cells",
    "What is to be decided": "question",
    "Options": "shown",
    "Decision": "decision",
    "Initials": "initials",
    "Note": "note",
    "Status": "status",
    "All options": "options",
    "About": "about",
}
"""Heading of each column, and its name in a table of decisions; the last two are hidden, 'shown' is for reading only."""

_WIDTHS = (16, 15, 13, 21, 13, 13, 46, 30, 27, 10, 26, 19, 10, 10)
_OPTIONS = "Options"
_LISTED = 5  # options that are shown beside the question
_HIDDEN = ("All options", "About")
_TO_FILL = ("Decision", "Initials", "Note")
_FILLED = paint("FFFBE6")
_STATUS = {OPEN: paint("F8CBAD"), APPLIED: paint("E2EFDA")}
_NOTES = (
    "Choose a decision from the list and put your initials beside it. A decision without initials is not applied.",
    "The yellow columns are yours; everything else is written anew on every run. Answers, initials and notes are kept.",
    "A decision holds for as long as the data it is about stay the same. This workbook may hold personal data.",
)
_SYNTHETIC = "Synthetic data: nobody in this workbook is real."


def decision_sheet(decisions: pd.DataFrame, title: str = "", synthetic: bool = False) -> bytes:
    """Make the workbook (.xlsx); the same decisions give the same bytes.

    decisions: columns of DECISIONS, of `decision_status`. title: of the study. Every text is inert.
    """
    book = Workbook()
    book.properties.creator, book.properties.title = "evaltools", "Decisions"
    sheet = book.active
    sheet.title = SHEET
    _write_top(sheet, decisions, title, synthetic)
    write_header(sheet, HEAD, list(COLUMNS), _WIDTHS)
    for row, decision in enumerate(decisions.to_dict("records"), HEAD + 1):
        _write_row(sheet, row, decision)
    if len(decisions):
        _write_options(sheet, book.create_sheet(_OPTIONS), decisions)
        sheet.auto_filter.ref = f"A{HEAD}:L{HEAD + len(decisions)}"
    for place in range(len(COLUMNS) - len(_HIDDEN), len(COLUMNS)):
        sheet.column_dimensions[column_letters(place)].hidden = True
    sheet.freeze_panes = sheet.cell(HEAD + 1, 2)
    print_landscape(sheet, f"{HEAD}:{HEAD}", f"Decisions {title}".strip())
    sheet.print_area = f"A1:L{HEAD + max(len(decisions), 1)}"
    content = io.BytesIO()
    book.save(content)
    return steady_archive(content.getvalue())


def _write_top(sheet: Worksheet, decisions: pd.DataFrame, title: str, synthetic: bool) -> None:
    sheet.sheet_view.showGridLines = False
    put_text(sheet.cell(1, 1), f"Decisions: {title}" if title else "Decisions")
    sheet.cell(1, 1).font = TITLE
    sheet.row_dimensions[1].height = 26
    waiting, done = (int((decisions["status"] == status).sum()) for status in (OPEN, APPLIED))
    other = len(decisions) - waiting - done
    totals = f"{waiting:,} to be decided, {done:,} applied, {other:,} not applied (the status says why)."
    for row, text in enumerate((totals, *_NOTES), 2):
        sheet.cell(row, 1, text).font = STRONG if row == 2 else NOTE
    if synthetic:
        sheet.cell(HEAD - 2, 1, _SYNTHETIC).font = WARNING


def _write_row(sheet: Worksheet, row: int, decision: dict[Any, Any]) -> None:
    options = decision["options"].split(SEPARATOR)
    more = [f"and {len(options) - _LISTED} more in the list"] if len(options) > _LISTED else []
    shown = decision | {"shown": "\n".join([*options[:_LISTED], *more])}
    for place, (heading, name) in enumerate(COLUMNS.items(), 1):
        cell = sheet.cell(row, place)
        put_text(cell, shown[name])
        cell.font, cell.alignment = BODY, WRAPPED
        if heading in _TO_FILL:
            cell.fill, cell.protection = _FILLED, Protection(locked=False)
    status = sheet.cell(row, list(COLUMNS).index("Status") + 1)
    status.fill = _STATUS.get(decision["status"], paint("FFF2CC"))
    texts = [shown[name] for heading, name in COLUMNS.items() if heading not in _HIDDEN]
    sheet.row_dimensions[row].height = line_height(texts, _WIDTHS[: len(texts)])
    underline_row(sheet, row, len(texts))


def _write_options(sheet: Worksheet, target: Worksheet, decisions: pd.DataFrame) -> None:
    """Write each list of options once, and let the decisions be chosen from it."""
    target.sheet_state = "hidden"
    column = sheet.cell(1, list(COLUMNS).index("Decision") + 1).column_letter
    for number, (options, held) in enumerate(decisions.groupby("options", sort=False), 1):
        listed = str(options).split(SEPARATOR)
        for place, option in enumerate(listed, 1):
            put_text(target.cell(place, number), option)
        letters = target.cell(1, number).column_letter
        choice = DataValidation("list", formula1=f"{_OPTIONS}!${letters}$1:${letters}${len(listed)}", allow_blank=True)
        choice.errorTitle, choice.error = "Not one of the options", "Please choose from the list."
        for row in held.index:
            choice.add(f"{column}{HEAD + 1 + row}")
        sheet.add_data_validation(choice)
