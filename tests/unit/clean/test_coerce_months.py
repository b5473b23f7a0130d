from __future__ import annotations

from datetime import datetime

from evaltools.clean.coerce_months import read_month


def test_months_are_written_year_first() -> None:
    assert read_month("2021-04", ()).rule == ""
    assert read_month("", ()).value is None
    assert read_month("2021-13", ()).code == "D102"
    assert read_month("2021-4", ()).code == "D102"


def test_a_day_gives_its_month() -> None:
    assert read_month(datetime(2021, 4, 30), ()).value == "2021-04"
    assert read_month("30/04/2021", ("dd/mm/yyyy",)).value == "2021-04"
    assert read_month("30/04/2021", ()).code == "D102"


def test_two_months_are_set_aside() -> None:
    reading = read_month("03/04/2021", ("dd/mm/yyyy", "mm/dd/yyyy"))
    assert (reading.code, reading.why) == ("D103", "read as 2021-03 and 2021-04")
