"""Rows of wrapped text are high enough, and sheets are set up for paper."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from evaltools.clean.workbook_look import PRIORITIES, line_height, paint, print_landscape, underline_row, write_header

ONE = line_height(["a"], [40])


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("short", 40, 1),
        ("two paragraphs\nof a few words", 40, 2),
        ("word " * 30, 40, 4),
        ("x" * 200, 40, 6),  # one long word is broken
        ("", 10, 1),
    ],
)
def test_height_follows_the_wrapped_lines(text: str, width: float, lines: int) -> None:
    step = line_height(["a\na"], [40]) - ONE
    assert (line_height([text], [width]) - ONE) / step == pytest.approx(lines - 1, abs=1)


def test_the_longest_text_decides() -> None:
    assert line_height(["a", "word " * 60], [20, 20]) == line_height(["word " * 60], [20]) > ONE


def test_narrower_columns_need_higher_rows() -> None:
    text = "Correct the dates, or say that the person was in work when referred."
    assert line_height([text], [20]) > line_height([text], [40]) > line_height([text], [80])


def test_three_priorities_differ_in_words_and_in_colour() -> None:
    words, colours = zip(*PRIORITIES.values(), strict=True)
    assert len(set(words)) == len(set(colours)) == 3
    assert paint(colours[0]).fgColor.rgb.endswith(colours[0])


def test_sheets_are_set_up_for_paper() -> None:
    sheet = Workbook().active
    write_header(sheet, 3, ["Priority", "Cell"], [12, 9])
    underline_row(sheet, 4, 2)
    print_landscape(sheet, "3:3", "Fish & Chips")
    assert sheet.column_dimensions["A"].width == 12
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows.replace("$", "") == "3:3"
    assert sheet.oddFooter.left.text == "Fish && Chips"  # a single & begins a code
    assert sheet["A4"].border.bottom.style == "thin"
