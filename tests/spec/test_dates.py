"""Which day is meant? Only the notations that a site's layout declares are used; nothing is guessed from cell to cell."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from spec_table import spec_table

from evaltools.clean.coerce_dates import read_date
from evaltools.clean.notations import SERIAL_DAYS, TWO_DIGIT_PIVOT

DATA_CUT = date(2024, 12, 31)

READINGS = """
entered              | declared notations          | reading
03/04/2021           | dd/mm/yyyy                  | 2021-04-03
3/4/2021             | dd/mm/yyyy                  | 2021-04-03
04/03/2021           | mm/dd/yyyy                  | 2021-04-03
03/04/21             | dd/mm/yy                    | 2021-04-03
03-04-2021           | dd-mm-yyyy                  | 2021-04-03
03.04.2021           | dd.mm.yyyy                  | 2021-04-03
2021-04-03           | yyyy-mm-dd                  | 2021-04-03
2021-04-03 09:30     | yyyy-mm-dd                  | 2021-04-03
2021-04-03T09:30:15Z | yyyy-mm-dd                  | 2021-04-03
3 Apr 2021           | d mmm yyyy                  | 2021-04-03
3 April 2021         | d mmm yyyy                  | 2021-04-03
03-Apr-2021          | d mmm yyyy                  | 2021-04-03
3 Sept 2021          | d mmm yyyy                  | 2021-09-03
03-Apr-21            | d mmm yy                    | 2021-04-03
44289                | serial 1900                 | 2021-04-03
44289.75             | serial 1900                 | 2021-04-03
42827                | serial 1904                 | 2021-04-03
a cell with a date   | typed                       | 2021-04-03
13/04/2021           | dd/mm/yyyy, mm/dd/yyyy      | 2021-04-13
04/13/2021           | dd/mm/yyyy, mm/dd/yyyy      | 2021-04-13
04/04/2021           | dd/mm/yyyy, mm/dd/yyyy      | 2021-04-04
03/04/2021           | dd/mm/yyyy, mm/dd/yyyy      | two ways
42827                | serial 1900, serial 1904    | two ways
29/02/2024           | dd/mm/yyyy                  | 2024-02-29
29/02/2023           | dd/mm/yyyy                  | unreadable
31/04/2021           | dd/mm/yyyy                  | unreadable
04/13/2021           | dd/mm/yyyy                  | unreadable
03/04/21             | dd/mm/yyyy                  | unreadable
Apr-21               | d mmm yy                    | unreadable
April                | d mmm yyyy                  | unreadable
2021                 | serial 1900                 | unreadable
44289                | dd/mm/yyyy                  | unreadable
a cell with a date   | dd/mm/yyyy                  | unreadable
2021-4-3             | yyyy-mm-dd                  | unreadable
03/04/0021           | dd/mm/yyyy                  | unreadable
approx 03/04/2021    | dd/mm/yyyy                  | unreadable
01/01/2025           | dd/mm/yyyy                  | after the data
31/12/2024           | dd/mm/yyyy                  | 2024-12-31
                     | dd/mm/yyyy                  | missing
"""

TWO_DIGIT_YEARS = """
entered  | reading
01/01/00 | 2000-01-01
01/01/24 | 2024-01-01
01/01/50 | 1950-01-01
01/01/99 | 1999-01-01
"""

CODES = {"D102": "unreadable", "D103": "two ways", "D106": "after the data"}


def _reading(entered: str | None, notations: str) -> str:
    cell = datetime(2021, 4, 3, 9, 30) if entered == "a cell with a date" else entered or ""
    reading = read_date(cell, [notation.strip() for notation in notations.split(",")], DATA_CUT)
    assert reading.aside == bool(reading.code)
    return CODES.get(reading.code) or (reading.value.date().isoformat() if reading.value else "missing")


def test_which_day_is_meant() -> None:
    table = spec_table(READINGS)
    found = [_reading(*pair) for pair in zip(table["entered"], table["declared notations"], strict=True)]
    assert found == table["reading"].tolist()


def test_years_of_two_digits_lie_in_a_stated_window() -> None:
    table = spec_table(TWO_DIGIT_YEARS)
    assert [_reading(entered, "dd/mm/yy") for entered in table["entered"]] == table["reading"].tolist()
    assert TWO_DIGIT_PIVOT == 50


@pytest.mark.parametrize(("number", "reading"), [("18263", "unreadable"), ("18264", "1950-01-01"), ("0", "unreadable")])
def test_day_numbers_lie_in_a_stated_window(number: str, reading: str) -> None:
    assert _reading(number, "serial 1900") == reading
    assert SERIAL_DAYS[0] == date(1950, 1, 1)
