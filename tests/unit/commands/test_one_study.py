from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Evaltools = Callable[..., int]


def test_an_unknown_study_ends_with_2_and_a_guess(evaltools: Evaltools, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaltools("check", "perkins-2023") == 2
    assert "did you mean 'perkins-2022'?" in capsys.readouterr().err


def test_an_unknown_key_ends_with_10_and_a_guess(
    perkins: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    path = perkins / "study.toml"
    path.write_text(path.read_text().replace("subtitle", "subtitel"))
    assert evaltools("prepare", str(perkins)) == 10
    said = capsys.readouterr().err
    assert "error[S101]: unknown key 'subtitel'" in said
    assert "did you mean 'subtitle'?" in said


def test_a_missing_package_is_one_message(perkins: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]) -> None:
    path = perkins / "study.toml"
    path.write_text(
        path.read_text() + '\n[raw_from]\npackage = "no_such_package"\nvendor = "x"\nitem = "y"\nfile = "z.csv"\n'
    )
    assert evaltools("prepare", str(perkins)) == 2
    assert "no_such_package" in capsys.readouterr().err
