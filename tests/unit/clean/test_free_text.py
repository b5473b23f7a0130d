from __future__ import annotations

import pytest

from evaltools.clean.free_text import free_text

LONG = "Client rang to say that the interview went well and is hopeful"


@pytest.mark.parametrize(
    ("header", "cells", "ignored"),
    [
        ("Comments", [], True),
        ("Job title", ["Porter"], True),
        ("Employer", ["Acme"], True),
        ("Employer sector", ["Retail"], False),
        ("Outcome", [LONG, LONG + "!"], True),
        ("Outcome", [LONG, "F", "M"], False),
        ("Job start", ["03/04/2021"], False),
    ],
)
def test_free_text_is_told_by_its_header_or_by_its_length(header: str, cells: list[str], ignored: bool) -> None:
    assert bool(free_text(header, cells)) is ignored
