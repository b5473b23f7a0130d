"""Read a workbook's cells (.xlsx, .xlsb, .xls, .ods) at their true positions, error cells included."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

import pandas as pd
import python_calamine

from evaltools.clean.marks import Marks, SheetMarks
from evaltools.clean.marks_ods import ods_marks
from evaltools.clean.marks_xls import xls_marks
from evaltools.clean.marks_xlsb import xlsb_marks
from evaltools.clean.marks_xlsx import xlsx_marks
from evaltools.clean.read_text import Unreadable
from evaltools.clean.sheet import Cell, Sheet

__all__ = ["Workbook", "read_workbook"]

_LARGEST_UNPACKED = 2_000_000_000  # bytes inside a zipped workbook
_MARKS: Mapping[str, Callable[[bytes], Marks]] = MappingProxyType(
    {"xlsx": xlsx_marks, "xlsb": xlsb_marks, "xls": xls_marks, "ods": ods_marks}
)
# what the marks modules raise on a part that is missing or broken; a StopIteration, that the workbook's own part is missing
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    StopIteration,
    SyntaxError,  # ElementTree.ParseError is one
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


@dataclass(frozen=True)
class Workbook:
    """sheets: in workbook order, hidden ones included. date_1904: the workbook counts its days from 1904."""

    sheets: tuple[Sheet, ...]
    date_1904: bool = False


def read_workbook(file: str, kind: str, content: bytes) -> Workbook:
    """Read every worksheet, with error cells as their text. file: name to show. Raises Unreadable with the reason."""
    _check_archive(kind, content)
    marks = _marks(kind, content)
    huge = [name for name, sheet in marks.sheets.items() if sheet.too_large]
    if huge:
        raise Unreadable(f"sheet '{huge[0]}' is far too large (a stray entry stands at its very end)")
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            sheets = [
                _sheet(file, book.get_sheet_by_name(item.name), item, marks.sheets.get(item.name, SheetMarks()))
                for item in book.sheets_metadata
                if item.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
    except python_calamine.PasswordError as fault:
        raise Unreadable("it is protected with a password") from fault
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # the reader's own panics are no Exception
        raise Unreadable("it is cut short or damaged") from fault
    return Workbook(tuple(sheets), marks.date_1904)


def _check_archive(kind: str, content: bytes) -> None:
    """Refuse a zipped workbook that is huge once unpacked, or a part of which does not have its checksum."""
    if kind == "xls":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _LARGEST_UNPACKED:
                raise Unreadable("it is far too large once unpacked")
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as fault:
        raise Unreadable("it is cut short or damaged") from fault
    if damaged:
        raise Unreadable("it is cut short or damaged")


def _marks(kind: str, content: bytes) -> Marks:
    """Find marks. Without them error cells would read as blanks and days could be counted from the wrong year: refused."""
    try:
        return _MARKS[kind](content)
    except _DAMAGE as fault:
        raise Unreadable("it is cut short or damaged") from fault


def _sheet(file: str, sheet: Any, item: Any, marks: SheetMarks) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    height = max(len(rows), max((row for row, _ in marks.errors), default=0))
    width = max(max(map(len, rows), default=0), max((column + 1 for _, column in marks.errors), default=0))
    columns = [[_cell(value) for value in column] + [""] * (height - len(rows)) for column in zip(*rows, strict=True)]
    columns += [[""] * height for _ in range(width - len(columns))]
    for (row, column), text in marks.errors.items():
        columns[column][row - 1] = text
    cells = pd.DataFrame(dict(enumerate(columns)), index=pd.RangeIndex(1, height + 1), dtype=object)
    merged = tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    hidden = () if item.visible == python_calamine.SheetVisibleEnum.Visible else ("the whole sheet",)
    return Sheet(file, item.name, _without_tail(cells), merged, hidden + marks.hidden)


def _without_tail(cells: pd.DataFrame) -> pd.DataFrame:
    """Keep the cells up to the last row that holds any; rows that are only formatted are no lines."""
    filled = (cells != "").any(axis=1).to_numpy().nonzero()[0]
    return cells.iloc[: filled[-1] + 1] if len(filled) else cells.iloc[:0]


def _cell(value: Any) -> Cell:
    """Give the text of a typed cell, or its day: 3.0 is '3', True is 'TRUE'.

    >>> _cell(3.0), _cell(37.5), _cell(True), _cell("01")
    ('3', '37.5', 'TRUE', '01')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return _moment(value)


def _moment(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return str(value)
