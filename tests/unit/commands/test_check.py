from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Evaltools = Callable[..., int]


def test_check_ends_with_a_table_and_0_when_nothing_must_be_fixed(
    perkins: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaltools("check", str(perkins)) == 0
    assert "Rows" in capsys.readouterr().out


def test_check_ends_with_1_and_the_cell_when_something_must_be_fixed(
    perkins: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = perkins / "raw" / "by_ethnicity.csv"
    raw.write_text(raw.read_text(encoding="utf-8").replace(",47,", ",forty-seven,", 1), encoding="utf-8")
    assert evaltools("check", str(perkins)) == 1
    said = capsys.readouterr().out
    assert "must fix[D108]" in said
    assert raw.name in said
    assert "fix:" in said
    assert "forty-seven" not in said


def test_an_unknown_site_ends_with_2_and_the_known_ones(
    perkins: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaltools("check", str(perkins), "--site", "nowhere") == 2
    assert "sites are:" in capsys.readouterr().err
