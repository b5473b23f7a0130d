from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


def test_prepare_says_where_its_result_is(
    perkins: Path, evaltools: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaltools("prepare", str(perkins)) == 0
    assert "1_prepared" in capsys.readouterr().out.replace("\n", "")
