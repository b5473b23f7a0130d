from __future__ import annotations

from pathlib import Path

from house_rules import small_modules


def test_modules_are_small_and_named(project: Path) -> None:
    assert small_modules(project) == []


def test_a_planted_long_module_is_found(planted: Path) -> None:
    assert small_modules(planted) == []
    (planted / "evaltools" / "derive" / "spell.py").write_text("x = 1\n" * 201)
    assert len(small_modules(planted)) == 1


def test_a_planted_empty_name_is_found(planted: Path) -> None:
    (planted / "evaltools" / "derive" / "utils.py").write_text("x = 1\n")
    assert len(small_modules(planted)) == 1
