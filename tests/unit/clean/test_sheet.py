from __future__ import annotations

from datetime import datetime

from evaltools.clean.sheet import cell_name, cell_text, column_letters


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip
    assert cell_name(0, 1) == "A1"


def test_a_day_with_a_time_keeps_it_in_its_text() -> None:
    assert cell_text(datetime(2021, 4, 3, 9, 30)) == "2021-04-03 09:30:00"
    assert cell_text("x") == "x"
