from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.read_encoding import decode, tell_wide
from evaltools.clean.unreadable import Unreadable

LETTERS = st.text(st.characters(codec="cp1252", exclude_categories=("Cc", "Cs")), min_size=1)


@given(LETTERS)
def test_what_utf8_writes_comes_back(text: str) -> None:
    assert decode(text.encode())[0] == text.removeprefix("\ufeff")
    assert decode(text.encode("utf-8-sig")) == (text, "utf-8-sig")


@given(LETTERS)
def test_utf16_comes_back_with_its_mark(text: str) -> None:
    for name, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
        assert decode(mark + text.encode(name)) == (text, "utf-16")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_told_by_its_zeros(encoding: str) -> None:
    text = "Client ID,Séx\nZQ-01,F\n"
    assert decode(text.encode(encoding)) == (text, encoding)
    assert tell_wide(text.encode(encoding)) == encoding


@pytest.mark.parametrize("content", [b"a\0\0b", b"a\0b", b"", b"abc", bytes(10), "ab".encode("utf-16-le"), b"a,\0b,\0\n,"])
def test_other_zeros_are_no_letters(content: bytes) -> None:
    assert tell_wide(content) == ""


def test_utf32_has_a_mark_of_its_own() -> None:
    assert decode("a,é".encode("utf-32")) == ("a,é", "utf-32")


def test_cp1252_is_the_last_resort() -> None:
    assert decode(b"Caf\xe9 \x96 \x80 5") == ("Café – € 5", "cp1252")
    assert decode(b"CAF\xc9\x92S \xe9t\xe9") == ("CAFÉ’S été", "cp1252")  # a part of which is a letter in UTF-8 too
    assert decode(b"Caf\xe9") == ("Café", "cp1252")  # which could be the beginning of a letter in UTF-8


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("é".encode() + b"\n\xe9\n", "UTF-8 in some lines and not in others (from line 2)"),
        ("é–".encode() + b"\n\xe9", "ends in the middle of a letter"),
        (b"\xe9\n" + "–".encode() + b"\n", "(from line 1)"),
        (b"a\nCaf\x81", "utf-8 or cp1252 (line 2)"),
        ("aé".encode()[:-1], "ends in the middle of a letter"),
        (b"\xff\xfea", "as utf-16"),
    ],
)
def test_what_is_no_encoding_is_refused_with_the_line_and_the_remedy(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(content)
    assert words in str(refused.value)
    assert "; " in str(refused.value)
