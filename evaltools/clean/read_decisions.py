"""Read the decision sheet as people left it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from evaltools.clean.ask_questions import DECISIONS, no_decisions
from evaltools.clean.decision_sheet import COLUMNS, SHEET
from evaltools.errors import Problem, StudyError

__all__ = ["FILE", "parse_decisions", "read_decisions"]

FILE = "decisions/decisions.xlsx"
_PEOPLES = ("decision", "initials", "note")
_DAMAGE = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, AttributeError, TypeError)


def read_decisions(path: Path) -> pd.DataFrame:
    """Read decisions.xlsx; an empty table where there is none. Raises StudyError (S114) where it cannot be read."""
    if not path.is_file():
        return no_decisions()
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise _unreadable("it cannot be opened") from fault
    return parse_decisions(content)


def parse_decisions(content: bytes) -> pd.DataFrame:
    """Give the table of decisions (columns of DECISIONS) that a workbook holds; entries of people are trimmed.

    Raises StudyError (S114).
    """
    try:
        book = load_workbook(io.BytesIO(content))
        sheet = book[SHEET]
        rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    except _DAMAGE as fault:
        raise _unreadable("it is no workbook with a sheet 'Decisions'") from fault
    head = next((number for number, row in enumerate(rows) if row and row[0] == "Question"), None)
    if head is None or not set(COLUMNS) <= set(rows[head]):
        raise _unreadable("its headings are not those that were written")
    place = {heading: rows[head].index(heading) for heading in COLUMNS}
    held = [row for row in rows[head + 1 :] if row[place["Question"]]]
    frame = pd.DataFrame([{name: row[place[heading]] for heading, name in COLUMNS.items()} for row in held])
    for name in _PEOPLES:
        frame[name] = frame[name].str.strip() if len(frame) else ""
    return frame.reindex(columns=list(DECISIONS)).astype(DECISIONS).drop_duplicates("id", ignore_index=True)


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("_x005F_", "_")


def _unreadable(why: str) -> StudyError:
    fix = "open it, save it as .xlsx, and put it back; or move it away and decide anew in the next one"
    return StudyError(Problem("S114", "the decision sheet cannot be read", FILE, why, fix))
