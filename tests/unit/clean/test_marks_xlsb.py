from __future__ import annotations

from evaltools.clean.marks_xlsb import xlsb_marks
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook, GridSheet
from evaltools.synthetic.xlsb_bytes import xlsb_bytes

SHEET = GridSheet(
    "Clients",
    (("ID", "Hours"), ("A1", ErrorCell("#N/A")), ("A2", ErrorCell("#REF!")), ("A3", 16)),
    hidden_rows=frozenset({4}),
    hidden_columns=frozenset({1}),
)


def test_errors_and_hidden_parts_are_found() -> None:
    marks = xlsb_marks(xlsb_bytes(GridBook((GridSheet("First", (("x",),)), SHEET))))
    assert marks.sheets["First"].errors == {}
    assert marks.sheets["Clients"].errors == {(2, 1): "#N/A", (3, 1): "#REF!"}
    assert marks.sheets["Clients"].hidden == ("row 4", "column A")
    assert not marks.date_1904


def test_the_date_system_is_told() -> None:
    assert xlsb_marks(xlsb_bytes(GridBook((SHEET,), date1904=True))).date_1904
