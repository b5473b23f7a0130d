from __future__ import annotations

import io
import zipfile

import openpyxl

from evaltools.clean.marks import NO_VALUE
from evaltools.clean.marks_xlsx import xlsx_marks
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook, GridSheet
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

SHEET = GridSheet(
    "Clients",
    (("ID", "Hours"), ("A1", ErrorCell("#N/A")), ("A2", ErrorCell("#REF!")), ("A3", 16)),
    hidden_rows=frozenset({4}),
    hidden_columns=frozenset({1}),
)


def test_errors_and_hidden_parts_are_found() -> None:
    marks = xlsx_marks(xlsx_bytes(GridBook((GridSheet("First", (("x",),)), SHEET))))
    assert marks.sheets["First"].errors == {}
    assert marks.sheets["Clients"].errors == {(2, 1): "#N/A", (3, 1): "#REF!"}
    assert marks.sheets["Clients"].hidden == ("row 4", "column A")
    assert not marks.date_1904


def test_the_date_system_is_told() -> None:
    assert xlsx_marks(xlsx_bytes(GridBook((SHEET,), date1904=True))).date_1904


def test_a_cell_at_the_end_of_the_world_makes_a_sheet_too_large() -> None:
    content = xlsx_bytes(GridBook((GridSheet("S", (("x",),)),)))
    assert not xlsx_marks(content).sheets["S"].too_large
    assert xlsx_marks(_with_far_cell(content)).sheets["S"].too_large


def _with_far_cell(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if "sheet1" in name:
                part = part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
            new.writestr(name, part)
    return buffer.getvalue()


def test_a_formula_whose_value_the_file_does_not_hold_is_no_blank() -> None:
    book = openpyxl.Workbook()
    book.active.append(["=1+1", 16, "text"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert xlsx_marks(buffer.getvalue()).sheets["Sheet"].errors == {(1, 0): NO_VALUE}
