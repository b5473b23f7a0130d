from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from evaltools.clean.classify_lines import classify_lines
from evaltools.clean.coded_cells import coded_cells
from evaltools.clean.sheet import Sheet
from evaltools.clean.tidy_text import filled_cells
from evaltools.schema.layout import SheetLayout


def _kinds(sheet: Sheet, layout: SheetLayout) -> list[str]:
    cells = coded_cells(sheet.cells)
    return classify_lines(replace(sheet, cells=cells), layout, filled_cells(cells)).tolist()


def test_every_line_has_a_kind(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(
        ["Returns of April"],
        [None],
        ["ID", "Start"],
        ["A1", datetime(2021, 4, 3)],
        ["\u00a0", "  "],
        [None, "Sub-total:", "1"],
        ["ID", "Start"],
        ["A2", None],
        ["TOTAL", "2"],
        ["Totally new", None],
    )
    assert _kinds(sheet, SheetLayout(header_row=3)) == [
        "title", "blank", "header", "record", "blank", "total", "header", "record", "total", "record",
    ]  # fmt: skip


def test_a_record_that_begins_with_a_total_word_stays_a_record(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(
        ["Employer", "ID", "Start"], ["Total", "A1", "03/04/2021"], ["Total", "12", "£1,200.50"], ["Total", "", ""]
    )
    assert _kinds(sheet, SheetLayout()) == ["header", "record", "total", "total"]


def test_two_header_rows_are_two_headers_even_when_one_is_blank(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(["Person"], [None], ["A1"])
    assert _kinds(sheet, SheetLayout(header_row=1, header_rows=2)) == ["header", "header", "record"]


def test_a_sheet_without_cells_has_no_lines(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(["x"])
    assert _kinds(replace(sheet, cells=sheet.cells.iloc[:0]), SheetLayout()) == []
