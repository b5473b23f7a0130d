from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from evaltools.cli import main
from evaltools.screen import out

ROOT = Path(__file__).parents[2]


@pytest.fixture
def perkins(tmp_path: Path) -> Path:
    """A copy of a small shipped study of totals, on its own, to change."""
    folder = tmp_path / "perkins-2022"
    shutil.copytree(ROOT / "analyses" / "studies" / "perkins-2022", folder)
    return folder


@pytest.fixture
def evaltools(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run the command line with some words, on a wide screen, and give its exit code."""

    def run(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["evaltools", *words])
        monkeypatch.setattr(out, "width", 200, raising=False)
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run
