from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def perkins(tmp_path: Path) -> Path:
    """A copy of a small shipped study of totals, on its own, to change."""
    folder = tmp_path / "perkins-2022"
    shutil.copytree(ROOT / "analyses" / "studies" / "perkins-2022", folder)
    return folder
