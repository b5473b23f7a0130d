"""The provider's own sheets come back with their entries where they stood."""

from __future__ import annotations

import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from returned_case import SHEETS, cells

from evaltools.clean import returned_sheet
from evaltools.clean.returned_sheet import ReturnedSheet, rows_shown, write_sheet

MARKS = pd.DataFrame(
    {
        "severity": ["please check", "must fix", "changed for you"],
        "position": [3, 3, 2],
        "row": [5, 5, 6],
        "text": ["Please check: b", "Must fix: a", "Changed for you: c"],
    }
)


def _written(sheet: ReturnedSheet, marks: pd.DataFrame = MARKS) -> Worksheet:
    target = Workbook().active
    write_sheet(target, sheet, marks, "foot")
    return target


def test_entries_stand_where_they_stood() -> None:
    target = _written(SHEETS[0])
    assert target["A1"].value == "Haringey IPS"
    assert [cell.value for cell in target[4]] == ["H2", SHEETS[0].cells.at[4, 1], "=1+1", 37.5]


def test_the_gravest_colours_the_cell_and_the_comment_says_everything() -> None:
    target = _written(SHEETS[0])
    assert target["D5"].fill.fgColor.rgb.endswith("F8CBAD")
    assert target["D5"].comment.text == "Must fix: a\n\nPlease check: b"
    assert target["C6"].fill.fgColor.rgb.endswith("DDEBF7")


def test_header_is_frozen_repeated_and_wide_enough() -> None:
    target = _written(SHEETS[0])
    assert target.freeze_panes == "B3"
    assert target.print_title_rows.replace("$", "") == "2:2"
    assert target.column_dimensions["B"].width >= len("31/04/2021")


def test_merged_headers_are_merged_again_and_entries_below_never() -> None:
    sheet = ReturnedSheet(
        "a.xlsx", "S", cells([["Job", ""], ["Start", "End"], ["x", "y"]]), 1, 2, merged=((1, 0, 1, 1), (3, 0, 3, 1))
    )
    target = _written(sheet, MARKS.iloc[:0])
    assert [str(span) for span in target.merged_cells.ranges] == ["A1:B1"]
    assert target["B3"].value == "y"


def test_a_long_sheet_sends_back_its_header_and_what_is_to_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned_sheet, "LONGEST_SHEET", 3)
    assert rows_shown(SHEETS[0], MARKS).tolist() == [1, 2, 5]  # row 6 was only changed for them
    target = _written(SHEETS[0])
    assert target["D5"].value == "sixteen"
    assert target["A4"].value is None
    assert target.sheet_format.zeroHeight
    assert target.row_dimensions[5].height


def test_a_sheet_that_fits_is_whole() -> None:
    assert rows_shown(SHEETS[0], MARKS).tolist() == [1, 2, 3, 4, 5, 6]
