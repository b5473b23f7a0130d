from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from evaltools.clean.coerce_dates import read_date

CUT = date(2024, 12, 31)


def test_a_day_is_read_and_its_notation_ledgered() -> None:
    reading = read_date("3/4/2021", ["typed", "dd/mm/yyyy"], CUT)
    assert (reading.value, reading.rule, reading.code) == (pd.Timestamp("2021-04-03"), "date dd/mm/yyyy", "")


@pytest.mark.parametrize("cell", [datetime(2021, 4, 3), "2021-04-03"])
def test_what_is_a_day_already_is_no_change(cell: str | datetime) -> None:
    assert read_date(cell, [], CUT) == read_date(cell, ["typed", "yyyy-mm-dd"], CUT)
    assert read_date(cell, [], CUT).rule == ""


def test_a_time_of_day_that_is_left_off_is_a_change() -> None:
    assert read_date(datetime(2021, 4, 3, 9, 30), [], CUT).rule == "date typed"


def test_two_readings_of_the_same_day_are_one() -> None:
    assert read_date("04/04/2021", ["dd/mm/yyyy", "mm/dd/yyyy"], CUT).value == pd.Timestamp("2021-04-04")


def test_two_different_readings_are_set_aside_with_both() -> None:
    reading = read_date("03/04/2021", ["dd/mm/yyyy", "mm/dd/yyyy"], CUT)
    assert (reading.value, reading.code, reading.aside) == (None, "D103", True)
    assert reading.why == "dd/mm/yyyy reads 2021-04-03; mm/dd/yyyy reads 2021-03-04"
    assert "2021" not in reading.detail


def test_an_undeclared_notation_is_proposed_and_not_used() -> None:
    reading = read_date("03-04-2021", ["dd/mm/yyyy"], CUT)
    assert (reading.value, reading.code) == (None, "D102")
    assert reading.detail == "declared notations: dd/mm/yyyy; not declared, but would read it: dd-mm-yyyy"


def test_a_typed_cell_must_be_declared_too() -> None:
    assert read_date(datetime(2021, 4, 3), ["dd/mm/yyyy"], CUT).code == "D102"


def test_after_the_data_cut() -> None:
    assert read_date("31/12/2024", ["dd/mm/yyyy"], CUT).code == ""
    assert read_date("01/01/2025", ["dd/mm/yyyy"], CUT).code == "D106"


def test_an_empty_cell_is_missing() -> None:
    assert read_date("", ["dd/mm/yyyy"], CUT).value is None
