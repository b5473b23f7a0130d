from __future__ import annotations

from pathlib import Path

from house_rules import twins


def test_every_module_has_its_test(project: Path) -> None:
    assert twins(project) == []


def test_a_planted_module_without_test_is_found(planted: Path) -> None:
    assert twins(planted) == []
    (planted / "evaltools" / "derive" / "gap.py").write_text("x = 1\n")
    assert twins(planted) == ["derive/gap.py has no tests/unit/derive/test_gap.py"]
