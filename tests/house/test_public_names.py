from __future__ import annotations

from pathlib import Path

import pytest
from house_rules import public_names


def test_public_names_are_listed_typed_and_described(project: Path) -> None:
    assert public_names(project) == []


@pytest.mark.parametrize(
    "text",
    [
        '__all__ = ["b", "a"]\n',
        "x = 1\n",
        '__all__ = ["f"]\n\n\ndef f(x) -> int:\n    """Give x."""\n    return x\n',
        '__all__ = ["f"]\n\n\ndef f(x: int) -> int:\n    return x\n',
        '__all__ = []\n\n\ndef f(x: int) -> int:\n    """Give x."""\n    return x\n',
    ],
)
def test_a_planted_public_name_is_found(planted: Path, text: str) -> None:
    assert public_names(planted) == []
    (planted / "evaltools" / "derive" / "spell.py").write_text(text)
    assert len(public_names(planted)) == 1


def test_the_public_door_is_sorted_and_opens(project: Path) -> None:
    import evaltools

    assert evaltools.__all__ == sorted(evaltools.__all__)
    assert all(callable(getattr(evaltools, name)) for name in evaltools.__all__)
