from __future__ import annotations

from pathlib import Path

import pytest
from house_rules import import_direction


def test_imports_go_down_only(project: Path) -> None:
    assert import_direction(project) == []


@pytest.mark.parametrize(
    "offence",
    [
        "from evaltools.estimate.proportion import proportion",
        "from evaltools import pipeline",
        "import evaltools.store",
        "from ..estimate import proportion",
        "def inside() -> None:\n    from evaltools.study import Study",
    ],
)
def test_a_planted_import_is_found(planted: Path, offence: str) -> None:
    assert import_direction(planted) == []
    (planted / "evaltools" / "derive" / "spell.py").write_text(offence + "\n")
    assert len(import_direction(planted)) == 1
