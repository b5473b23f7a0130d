from __future__ import annotations

from evaltools.clean.marks_ods import ods_marks
from evaltools.synthetic.ods_bytes import ods_bytes
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook, GridSheet

SHEET = GridSheet(
    "Clients",
    (("ID", "Hours"), ("A1", ErrorCell("#N/A")), ("A2", ErrorCell("#REF!")), ("A3", 16)),
    hidden_rows=frozenset({4}),
    hidden_columns=frozenset({1}),
)


def test_errors_and_hidden_parts_are_found() -> None:
    marks = ods_marks(ods_bytes(GridBook((GridSheet("First", (("x",),)), SHEET))))
    assert marks.sheets["First"].errors == {}
    assert marks.sheets["Clients"].errors == {(2, 1): "#N/A", (3, 1): "#REF!"}
    assert marks.sheets["Clients"].hidden == ("row 4", "column A")
    assert not marks.date_1904


def test_repeated_empty_rows_do_not_make_a_sheet_large() -> None:
    content = ods_bytes(GridBook((GridSheet("S", ((None,), (None,), ("x",))),)))
    assert not ods_marks(content).sheets["S"].too_large
