from __future__ import annotations

from datetime import date

import pytest

from evaltools.synthetic.workbook_grid import GridSheet, column_letters, serial_number


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(number: int, letters: str) -> None:
    assert letters == column_letters(number)


def test_the_two_date_systems_are_1462_days_apart() -> None:
    day = date(2018, 3, 1)
    assert (serial_number(day), serial_number(day, date1904=True)) == (43160, 43160 - 1462)


def test_only_filled_cells_are_given() -> None:
    sheet = GridSheet("s", (("a", None, 3), ()))
    assert list(sheet.filled()) == [(0, [(0, "a"), (2, 3)]), (1, [])]
    assert sheet.width == 3
