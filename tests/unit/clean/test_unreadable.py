from __future__ import annotations

import pytest

from evaltools.clean import read_text
from evaltools.clean.unreadable import DAMAGED, LOCKED, Unreadable


@pytest.mark.parametrize("words", [DAMAGED, LOCKED])
def test_a_reason_comes_with_its_remedy(words: str) -> None:
    why, _, remedy = words.partition("; ")
    assert why.startswith("it is ")
    assert "send that file" in remedy


def test_every_reader_raises_the_same_error() -> None:
    assert read_text.Unreadable is Unreadable
