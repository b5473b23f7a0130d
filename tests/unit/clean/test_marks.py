from __future__ import annotations

from evaltools.clean.marks import ERROR_NAMES, hidden_words


def test_hidden_parts_in_words() -> None:
    assert hidden_words([3, 4], [0, 27]) == ("row 3", "row 4", "column A", "column AB")


def test_error_values_have_their_names() -> None:
    assert ERROR_NAMES[0x2A] == "#N/A"
    assert all(name.startswith("#") for name in ERROR_NAMES.values())
