from __future__ import annotations

from pathlib import Path

import pytest
from house_rules import disk_at_the_edges


def test_the_disk_is_touched_at_the_edges(project: Path) -> None:
    assert disk_at_the_edges(project) == []


@pytest.mark.parametrize(
    "offence", ["open('x')", "pd.read_csv('x')", "frame.to_csv('x')", "path.write_text('x')", "path.read_bytes()"]
)
def test_a_planted_call_is_found(planted: Path, offence: str) -> None:
    assert disk_at_the_edges(planted) == []
    (planted / "evaltools" / "derive" / "spell.py").write_text(f"value = {offence}\n")
    assert len(disk_at_the_edges(planted)) == 1
