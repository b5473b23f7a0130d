from __future__ import annotations

from datetime import datetime

import pytest

from evaltools.clean.marks import ERROR_NAMES, NO_VALUE, error_word, hidden_words


def test_hidden_parts_in_words() -> None:
    assert hidden_words([3, 4], [0, 27]) == ("row 3", "row 4", "column A", "column AB")


def test_error_values_have_their_names() -> None:
    assert ERROR_NAMES[0x2A] == "#N/A"
    assert all(name.startswith("#") for name in ERROR_NAMES.values())


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("#N/A", "#N/A"),
        ("#ref!", "#REF!"),
        ("#SPILL!", "#SPILL!"),
        (NO_VALUE, NO_VALUE),
        ("#12", ""),
        ("", ""),
        ("N/A", ""),
        (datetime(2021, 4, 3), ""),
    ],
)
def test_a_failed_formula_is_known_by_its_word(cell: object, word: str) -> None:
    assert error_word(cell) == word
