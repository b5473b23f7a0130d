from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
import python_calamine

from evaltools.synthetic.workbook_grid import GridBook
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

ERRORS = ("", "")  # this reader gives nothing for an error cell


@pytest.mark.parametrize("date1904", [False, True])
def test_an_independent_reader_finds_exactly_the_intended_cells(book: GridBook, date1904: bool) -> None:
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(replace(book, date1904=date1904))))
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
    assert xlsx_bytes(book) == xlsx_bytes(replace(book))


def test_a_second_reader_finds_the_errors_the_hidden_parts_and_the_merged_cells(book: GridBook) -> None:
    read = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(replace(book, date1904=True))))
    sheet = read["One & only"]
    assert [(cell.data_type, cell.value) for cell in sheet[5][1:]] == [("e", "#N/A"), ("e", "#REF!")]
    assert (
        sheet.row_dimensions[4].hidden,
        sheet.column_dimensions["B"].hidden,
        [str(span) for span in sheet.merged_cells.ranges],
    ) == (True, True, ["A1:C1"])
    assert (read["Two"].sheet_state, read.epoch.year) == ("hidden", 1904)
