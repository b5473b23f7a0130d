from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
import python_calamine

from evaltools.synthetic.ods_bytes import ods_bytes
from evaltools.synthetic.workbook_grid import GridBook

ERRORS = ("#N/A", "#REF!")  # this reader gives the text of an error cell


@pytest.mark.parametrize("date1904", [False, True])
def test_an_independent_reader_finds_exactly_the_intended_cells(book: GridBook, date1904: bool) -> None:
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(ods_bytes(replace(book, date1904=date1904))))
    assert [(sheet.name, str(sheet.visible).rsplit(".", 1)[-1]) for sheet in read.sheets_metadata] == [
        ("One & only", "Visible"),
        ("Two", "Hidden"),
    ]
    assert [
        ["Title", "", ""],
        ["", "", ""],
        ["ID", "Dé £ ’ \u00a0x\u200b", "D"],
        ["001", 1.5, date(2018, 3, 4)],
        [12.0, ERRORS[0], ERRORS[1]],
        ["a <&> b ", "", "31/04/2018"],
    ] == read.get_sheet_by_name("One & only").to_python(skip_empty_area=False)
    assert read.get_sheet_by_name("Two").to_python() == [["x", 7.0]]


def test_the_bytes_depend_on_the_book_only(book: GridBook) -> None:
    assert ods_bytes(book) == ods_bytes(replace(book))
