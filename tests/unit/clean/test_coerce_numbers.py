from __future__ import annotations

from datetime import datetime

import pytest

from evaltools.clean.coerce_numbers import read_number
from evaltools.schema.table import Field

HOURS = Field("hours_per_week", "number", "Hours", unit="hours a week", minimum=0, maximum=100)
AGE = Field("age_at_referral", "integer", "Age", unit="years", minimum=14)
PAY = Field("amount", "number", "Amount", unit="GBP")
AT_MOST = Field("share", "number", "Share", maximum=1)


@pytest.mark.parametrize(
    ("cell", "field", "value", "code"),
    [
        ("16", HOURS, 16.0, ""),
        ("37.5", HOURS, 37.5, ""),
        ("016", HOURS, 16.0, ""),
        (".5", HOURS, 0.5, ""),
        ("1e1", HOURS, 10.0, ""),
        ("", HOURS, None, ""),
        ("16 hrs", HOURS, None, "D108"),
        ("16,5", HOURS, None, "D108"),
        ("1,250", HOURS, None, "D108"),
        ("nan", HOURS, None, "D108"),
        ("inf", HOURS, None, "D108"),
        (datetime(2021, 4, 3), HOURS, None, "D108"),
        ("-1", HOURS, None, "D109"),
        ("101", HOURS, None, "D109"),
        ("34", AGE, 34, ""),
        ("34.0", AGE, 34, ""),
        ("34.5", AGE, None, "D108"),
        ("13", AGE, None, "D109"),
        ("2", AT_MOST, None, "D109"),
        ("£1,250.50", PAY, 1250.5, ""),
        ("-£12", PAY, -12.0, ""),
        ("1,250", PAY, 1250.0, ""),
        ("1,25", PAY, None, "D108"),
    ],
)
def test_numbers(cell: str | datetime, field: Field, value: float | None, code: str) -> None:
    reading = read_number(cell, field)
    assert (reading.value, reading.code) == (value, code)
    assert reading.aside == bool(code)


def test_limits_are_said_in_words() -> None:
    assert read_number("101", HOURS).detail == "0 to 100 hours a week"
    assert read_number("13", AGE).detail == "at least 14 years"
    assert read_number("2", AT_MOST).detail == "at most 1"


def test_only_a_change_of_writing_is_ledgered() -> None:
    assert read_number("16", HOURS).rule == ""
    assert read_number("16.0", HOURS).rule == "number"
