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
