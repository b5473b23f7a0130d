from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def test_estimate_says_where_its_result_is(
    perkins: Path, evaltools: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaltools("estimate", str(perkins)) == 0
    assert "2_estimated" in capsys.readouterr().out.replace("\n", "")
