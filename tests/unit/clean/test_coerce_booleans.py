from __future__ import annotations

from datetime import datetime

import pytest

from evaltools.clean.coerce_booleans import read_boolean


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("Yes", True, ""),
        ("y", True, ""),
        ("TRUE", True, ""),
        ("1", True, ""),
        ("No", False, ""),
        ("0", False, ""),
        ("NK", None, ""),
        ("", None, ""),
        ("yes please", None, "D107"),
        (datetime(2021, 4, 3), None, "D107"),
    ],
)
def test_words(cell: str | datetime, value: bool | None, code: str) -> None:
    reading = read_boolean(cell)
    assert (reading.value, reading.code) == (value, code)
