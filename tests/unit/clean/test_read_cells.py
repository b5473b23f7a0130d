from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime

import pytest

from evaltools.clean import read_cells as module
from evaltools.clean.marks import Marks, SheetMarks
from evaltools.clean.read_cells import SheetCells, read_cells
from evaltools.clean.unreadable import Unreadable
from evaltools.synthetic.ods_bytes import ods_bytes
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook, GridSheet
from evaltools.synthetic.xls_bytes import xls_bytes
from evaltools.synthetic.xlsb_bytes import xlsb_bytes
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

WRITERS = {"xlsx": xlsx_bytes, "xls": xls_bytes, "xlsb": xlsb_bytes, "ods": ods_bytes}
SHEET = GridSheet(
    "S", (("ID", "x", None), ("1", 3, date(2021, 4, 3)), ("3", 3, ErrorCell("#N/A")), (3, 3.5, None), (None,) * 3)
)


def _column(sheet: SheetCells, position: int) -> list[object]:
    column = sheet.columns[position]
    return [column.values[code] for code in column.codes]


@pytest.mark.parametrize("kind", WRITERS)
def test_columns_hold_each_distinct_cell_once(kind: str) -> None:
    (sheet,) = read_cells(kind, WRITERS[kind](GridBook((SHEET,)))).sheets
    assert sheet.height == 4
    assert _column(sheet, 0) == ["ID", "1", "3", "3"]
    assert sheet.columns[0].values == ["ID", "1", "3"]  # the text 3 and the number 3 are one
    assert _column(sheet, 1) == ["x", "3", "3", "3.5"]
    assert _column(sheet, 2) == ["", datetime(2021, 4, 3), "#N/A", ""]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(3.0, "3"), (37.5, "37.5"), (True, "TRUE"), (1234567890123456.0, "1234567890123456"), (1e300, "1e+300"), ("01", "01")],
)
def test_numbers_are_written_in_full_as_long_as_they_are_exact(value: object, shown: str) -> None:
    assert module._cell(value) == shown


def test_one_and_true_are_two() -> None:
    assert module._coded([True, 1.0, "", True]).values == ["TRUE", "1", ""]
    assert list(module._coded([True, 1.0, "", True]).codes) == [0, 1, 2, 0]


@pytest.mark.parametrize(("count", "width"), [(2, 1), (300, 2), (70_000, 4)])
def test_codes_are_no_wider_than_need_be(count: int, width: int) -> None:
    column = module._coded([str(number) for number in range(count)])
    assert column.codes.itemsize == width
    assert list(column.codes)[-1] == count - 1


@pytest.mark.parametrize("kind", WRITERS)
def test_a_workbook_whose_marks_cannot_be_found_is_refused_and_not_half_read(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(content: bytes) -> Marks:
        raise ValueError("no stream")

    monkeypatch.setattr(module, "_MARKS", dict.fromkeys(WRITERS, fail))
    with pytest.raises(Unreadable, match="cut short or damaged"):
        read_cells(kind, WRITERS[kind](GridBook((SHEET,))))


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
def test_a_sheet_with_an_entry_far_away_is_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"evaltools.clean.marks_{kind}.LARGEST_SHEET", 8)
    with pytest.raises(Unreadable, match="sheet 'S' is far too large"):
        read_cells(kind, WRITERS[kind](GridBook((SHEET,))))


def test_a_sheet_that_the_marks_do_not_know_is_measured_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MARKS", {"xlsx": lambda content: Marks({"S": SheetMarks()})})
    monkeypatch.setattr(module, "LARGEST_SHEET", 8)
    with pytest.raises(Unreadable, match="delete the rows and columns beyond the table"):
        read_cells("xlsx", xlsx_bytes(GridBook((SHEET,))))


def test_two_sheets_of_one_name_are_damage() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read_cells("xlsx", xlsx_bytes(GridBook((SHEET, SHEET))))


def test_memory_that_runs_out_is_not_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*parts: object) -> Callable[..., object]:
        raise MemoryError

    monkeypatch.setattr(module, "_sheet", exhausted)
    with pytest.raises(MemoryError):
        read_cells("xlsx", xlsx_bytes(GridBook((SHEET,))))


def test_the_child_needs_neither_pandas_nor_numpy() -> None:
    asked = "import sys, evaltools.clean.read_serve; print(sorted({'pandas', 'numpy', 'pyarrow'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "[]\n"
