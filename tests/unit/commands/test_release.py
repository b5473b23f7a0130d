from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Evaltools = Callable[..., int]


def test_every_arrow_says_where_its_result_is(
    perkins: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb, folder in (("prepare", "1_prepared"), ("estimate", "2_estimated"), ("release", "3_released")):
        assert evaltools(verb, str(perkins)) == 0
        assert folder in capsys.readouterr().out.replace("\n", "")
