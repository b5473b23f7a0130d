from __future__ import annotations

from datetime import datetime

import pytest

from evaltools.clean.quoting import quoted


@pytest.mark.parametrize("code", ["PD", "Bipolar", "White – British", "Not known"])
def test_codes_are_quoted(code: str) -> None:
    assert quoted(code) == f"'{code}'"


@pytest.mark.parametrize(
    "entry", ["", "QQ123456C", "03/04/2021", "020 7946 0000", "a.b@c.org and more of it", datetime(2021, 4, 3)]
)
def test_what_may_be_personal_is_not(entry: str | datetime) -> None:
    assert quoted(entry) == ""
