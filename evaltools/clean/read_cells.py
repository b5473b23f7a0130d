"""Read a workbook's cells (.xlsx, .xlsb, .xls, .ods) at their true positions, error cells included, in plain Python values.

This runs in the reader child (`read_in_child`): it loads neither pandas nor numpy, so that the child starts at once.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

import python_calamine

from evaltools.clean.marks import ERROR_NAMES, LARGEST_SHEET, NO_VALUE, Marks, SheetMarks
from evaltools.clean.marks_ods import ods_marks
from evaltools.clean.marks_xls import xls_marks
from evaltools.clean.marks_xlsb import xlsb_marks
from evaltools.clean.marks_xlsx import xlsx_marks
from evaltools.clean.read_archive import check_parts
from evaltools.clean.read_repaired import holds_wide_parts, repaired
from evaltools.clean.unreadable import DAMAGED, LOCKED, Unreadable

__all__ = ["BookCells", "ColumnCells", "SheetCells", "read_cells"]

_MARKS: Mapping[str, Callable[[bytes], Marks]] = MappingProxyType(
    {"xlsx": xlsx_marks, "xlsb": xlsb_marks, "xls": xls_marks, "ods": ods_marks}
)
# what the marks modules raise on a part that is missing or broken; a StopIteration, that the workbook's own part is missing
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    StopIteration,
    SyntaxError,  # ElementTree.ParseError is one
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


_LAST_ROW_OF_XLS, _LAST_ROW = 65_536, 1_048_576
_WHOLE = 2**53  # whole numbers below it are exact


@dataclass(frozen=True)
class ColumnCells:
    """values: distinct cells, text or datetime, '' for an empty one. codes: place in `values` of each row's cell."""

    values: list[str | datetime]
    codes: array[int]


@dataclass(frozen=True)
class SheetCells:
    """One sheet. height: rows, from row 1 to the last that holds anything. merged: as in `sheet.Sheet`."""

    name: str
    height: int
    columns: tuple[ColumnCells, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookCells:
    """sheets: in workbook order, hidden ones included. date_1904: the workbook counts its days from 1904."""

    sheets: tuple[SheetCells, ...]
    date_1904: bool = False


def read_cells(kind: str, content: bytes) -> BookCells:
    """Read every worksheet, with error cells as their text. Raises Unreadable with the reason."""
    marks = _marks(kind, content)
    huge = [name for name, sheet in marks.sheets.items() if sheet.too_large]
    if huge:
        raise _too_large(huge[0])
    if kind == "ods" or (kind == "xlsx" and _stumbles(content, marks)):
        content = repaired(content)
    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            if len(set(book.sheet_names)) < len(book.sheet_names):
                raise Unreadable(DAMAGED)  # two sheets of one name, which no program writes: one would be read twice
            sheets = [
                _sheet(book.get_sheet_by_name(item.name), item, marks.sheets.get(item.name, SheetMarks()), kind)
                for item in book.sheets_metadata
                if item.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
    except python_calamine.PasswordError as fault:
        raise Unreadable(LOCKED) from fault
    except (KeyboardInterrupt, SystemExit, MemoryError, Unreadable):
        raise
    except BaseException as fault:  # the reader's own panics are no Exception
        raise Unreadable(DAMAGED) from fault
    return BookCells(tuple(sheets), marks.date_1904)


def _marks(kind: str, content: bytes) -> Marks:
    """Find marks. Without them error cells would read as blanks and days could be counted from the wrong year: refused."""
    try:
        if kind != "xls":
            check_parts(content)
        return _MARKS[kind](content)
    except _DAMAGE as fault:
        raise Unreadable(DAMAGED) from fault


def _stumbles(content: bytes, marks: Marks) -> bool:
    """Say whether the cell reader would fail or read nothing: an error value newer than it, or a part in UTF-16."""
    known = {*ERROR_NAMES.values(), NO_VALUE}
    newer = any(
        text.startswith("#") and text not in known for sheet in marks.sheets.values() for text in sheet.errors.values()
    )
    return newer or holds_wide_parts(content)


def _too_large(sheet: str) -> Unreadable:
    remedy = "delete the rows and columns beyond the table, save and send that file"
    return Unreadable(f"sheet '{sheet}' is far too large (a stray entry stands at its very end); {remedy}")


def _sheet(sheet: Any, item: Any, marks: SheetMarks, kind: str) -> SheetCells:
    last_row, last_column = sheet.end or (0, 0)
    if (last_row + 1) * (last_column + 1) > LARGEST_SHEET:
        raise _too_large(item.name)
    rows = sheet.to_python(skip_empty_area=False)
    height = max(len(rows), max((row for row, _ in marks.errors), default=0))
    width = max(max(map(len, rows), default=0), max((column + 1 for _, column in marks.errors), default=0))
    columns = [[*column, *[""] * (height - len(rows))] for column in zip(*rows, strict=True)]
    columns += [[""] * height for _ in range(width - len(columns))]
    for (row, column), text in marks.errors.items():
        columns[column][row - 1] = text
    height = max((_last_filled(column) for column in columns), default=0)
    if height == (_LAST_ROW_OF_XLS if kind == "xls" else _LAST_ROW):
        what = f"sheet '{item.name}' is full to its last row ({height:,}): what came after it is lost"
        raise Unreadable(f"{what}; send the whole table as a CSV file, or delete a stray entry in that row")
    merged = tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    hidden = () if item.visible == python_calamine.SheetVisibleEnum.Visible else ("the whole sheet",)
    return SheetCells(item.name, height, tuple(_coded(column[:height]) for column in columns), merged, hidden + marks.hidden)


def _last_filled(column: Sequence[Any]) -> int:
    """Give the number of the last row that holds anything; rows that are only formatted are no lines."""
    return next((row for row in range(len(column), 0, -1) if column[row - 1] != ""), 0)


def _coded(column: Sequence[Any]) -> ColumnCells:
    """Give the distinct cells of a column, and the place of each row's cell among them (True and 1 are two)."""
    keys = [(value, type(value)) for value in column] if bool in set(map(type, column)) else column
    distinct = list(dict.fromkeys(keys))
    shown: dict[str | datetime, int] = {}
    held = [key[0] for key in distinct] if keys is not column else distinct
    places = [shown.setdefault(_cell(value), len(shown)) for value in held]  # the text '3' and the number 3 are one
    width = "B" if len(shown) < 1 << 8 else "H" if len(shown) < 1 << 16 else "I"
    return ColumnCells(list(shown), array(width, map(dict(zip(distinct, places, strict=True)).__getitem__, keys)))


def _cell(value: Any) -> str | datetime:
    """Give the text of a typed cell, or its day: 3.0 is '3', True is 'TRUE'.

    >>> _cell(3.0), _cell(37.5), _cell(True), _cell("01")
    ('3', '37.5', 'TRUE', '01')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return str(value)
