from __future__ import annotations

import pytest

from evaltools.clean.header_words import header_words, words_of

WORDS = [
    ("Client ID", ("client", "identifier")),
    ("client_id", ("client", "identifier")),
    ("VP complete?", ("vocational", "profile", "complete")),
    ("D.O.B", ("date", "birth")),
    ("Date referred (dd/mm/yyyy)", ("date", "referred")),
    ("In work? Yes/No", ("in", "work")),
    ("Hrs/wk*", ("hour", "week")),
    ("Pay (£/hr)", ("pay", "pounds", "hour")),
    ("EmploymentStatus", ("employment", "status")),
    ("Client\u2019s  number\n", ("clients", "number")),
    ("", ()),
]


@pytest.mark.parametrize(("header", "words"), WORDS)
def test_headers_are_split_into_whole_words(header: str, words: tuple[str, ...]) -> None:
    assert header_words(header) == words


def test_words_of_a_list() -> None:
    assert words_of("a b a") == {"a", "b"}
