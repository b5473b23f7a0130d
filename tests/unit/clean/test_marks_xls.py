from __future__ import annotations

import struct

import pytest

from evaltools.clean.marks_xls import workbook_stream, xls_marks
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook, GridSheet
from evaltools.synthetic.xls_bytes import xls_bytes

SHEET = GridSheet(
    "Clients",
    (("ID", "Hours"), ("A1", ErrorCell("#N/A")), ("A2", ErrorCell("#REF!")), ("A3", 16)),
    hidden_rows=frozenset({4}),
    hidden_columns=frozenset({1}),
)


def test_errors_and_hidden_parts_are_found() -> None:
    marks = xls_marks(xls_bytes(GridBook((GridSheet("First", (("x",),)), SHEET))))
    assert marks.sheets["First"].errors == {}
    assert marks.sheets["Clients"].errors == {(2, 1): "#N/A", (3, 1): "#REF!"}
    assert marks.sheets["Clients"].hidden == ("row 4", "column A")
    assert not marks.date_1904


def test_the_date_system_is_told() -> None:
    assert xls_marks(xls_bytes(GridBook((SHEET,), date1904=True))).date_1904


def test_a_damaged_container_is_an_error() -> None:
    with pytest.raises((ValueError, struct.error)):
        workbook_stream(xls_bytes(GridBook((SHEET,)))[:600])
