"""The nastinesses that can be counted from a finished sheet: its shape, and how values are typed in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evaltools.synthetic.journal import Journal
from evaltools.synthetic.provider_column import ProviderColumn
from evaltools.synthetic.provider_sheet import ProviderSheet
from evaltools.synthetic.workbook_grid import Cell

__all__ = ["note_traits"]

_NUMBERS = (
    "participants.birth_year", "participants.age_at_referral", "participants.deprivation_quintile",
    "enrolments.months_out_of_work", "jobs.hours_per_week", "jobs.wage_per_hour", "jobs.job_number",
)  # fmt: skip
_OPPOSITES = ("Unemployed", "Not employed", "Not in paid work")


def note_traits(sheets: tuple[ProviderSheet, ...], journal: Journal) -> None:
    """Count what follows from the finished sheets.

    Parameters
    ----------
    sheets
        Sheets, with everything already spoilt that is to be spoilt.
    journal
        Takes note.
    """
    for sheet in sheets:
        account = sheet.accounting()
        found: Counter[str] = Counter()
        for kind, word in (("title", "title line"), ("blank", "blank line"), ("total", "total or subtotal line")):
            found[word] = int(account[kind])
        found["two-row header"] = int(account["header"] == 2)
        found["header below the first row"] = int(sheet.lines[0].kind != "header")
        found["several jobs beside a person"] = int(any(column.number for column in sheet.columns))
        found["merged cells"] = len(sheet.merged)
        found["hidden sheet"] = int(sheet.hidden)
        texts = [cell for line in sheet.lines for cell in line.cells if isinstance(cell, str)]
        found["smart quote"] = sum(any(mark in text for mark in "’“”") for text in texts)
        for column, cell in _entries(sheet):
            found.update(_typing(column, cell, workbook=bool(sheet.name)))
        for kind, count in found.items():
            journal.note(kind, sheet.file, sheet.name, count)


def _entries(sheet: ProviderSheet) -> Iterator[tuple[ProviderColumn, Cell]]:
    for line in sheet.lines:
        if line.kind in ("kept", "merged", "quarantined"):
            yield from zip(sheet.columns, line.cells, strict=True)


def _typing(column: ProviderColumn, cell: Cell, workbook: bool) -> Iterator[str]:
    if any(notation.startswith("serial") for notation in column.dates):
        if isinstance(cell, int):
            yield "date serial as number"
        elif isinstance(cell, str) and re.fullmatch(r"\d{5}", cell):
            yield "date serial as text"
    if not isinstance(cell, str):
        return
    if column.field in _NUMBERS and re.fullmatch(r"[\d.]+ *", cell) and (workbook or cell.endswith(" ")):
        yield "number as text"
    if column.field.endswith(".participant_id") and re.fullmatch(r"0\d+", cell.strip(" \u00a0")):
        yield "leading zero in id"
    if column.field == "enrolments.employment_at_referral" and cell.strip() in _OPPOSITES:
        yield "code that contains its opposite"
