from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def project() -> Path:
    return ROOT


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A tiny project that keeps every rule; a test plants one offence in it."""
    (tmp_path / "evaltools" / "derive").mkdir(parents=True)
    (tmp_path / "evaltools" / "estimate").mkdir()
    (tmp_path / "tests" / "unit" / "derive").mkdir(parents=True)
    (tmp_path / "analyses").mkdir()
    (tmp_path / "evaltools" / "derive" / "spell.py").write_text(
        '"""A spell."""\n\n__all__ = ["spell"]\n\n\ndef spell(days: int) -> int:\n    """Give days."""\n    return days\n'
    )
    (tmp_path / "tests" / "unit" / "derive" / "test_spell.py").write_text("")
    return tmp_path
