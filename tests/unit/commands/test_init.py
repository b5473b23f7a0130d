from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Evaltools = Callable[..., int]


def test_init_refuses_a_folder_that_is_not_empty(
    perkins: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaltools("init", str(perkins)) == 2
    assert "--force" in capsys.readouterr().err


def test_init_makes_a_study_that_can_be_read(tmp_path: Path, evaltools: Evaltools) -> None:
    assert evaltools("init", str(tmp_path / "new")) == 0
    assert (tmp_path / "new" / "study.toml").is_file()
    assert list((tmp_path / "new" / "raw").iterdir())


def test_a_project_needs_its_dump(tmp_path: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaltools("init", str(tmp_path / "new"), "--project", "INDIGO-POJ-0188") == 2
    assert "--from-indigo" in capsys.readouterr().err


def test_a_folder_that_is_no_dump_is_refused(
    tmp_path: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dump").mkdir()
    asked = ["--from-indigo", str(tmp_path / "dump"), "--project", "INDIGO-POJ-0188"]
    assert evaltools("init", str(tmp_path / "new"), *asked) == 2
    assert "projects.csv" in capsys.readouterr().err
