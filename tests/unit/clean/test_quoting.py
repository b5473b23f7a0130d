from __future__ import annotations

from datetime import datetime

import pytest

from evaltools.clean.quoting import quoted

KNOWN = ("female", "Bipolar", "White – British", "not known")


@pytest.mark.parametrize("code", ["Femal", "BIPOLAR", "White - British", "Not knwon"])
def test_what_is_nearly_a_known_code_is_quoted(code: str) -> None:
    assert quoted(code, KNOWN) == f"'{code}'"


@pytest.mark.parametrize(
    "entry",
    ["", "Jane Doe", "Leila", "QQ123456C", "03/04/2021", "020 7946 0000", "a.b@c.org and more", datetime(2021, 4, 3)],
)
def test_what_may_be_personal_is_not(entry: str | datetime) -> None:
    assert quoted(entry, KNOWN) == ""
