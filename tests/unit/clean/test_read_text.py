from __future__ import annotations

import pytest

from evaltools.clean.read_text import Unreadable, decode, read_text, tell_delimiter


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with mark"), ("utf-16", "UTF-16"), ("cp1252", "cp1252")],
)
def test_encodings_are_told(encoding: str, named: str) -> None:
    table = read_text("Name,Sex\nZoë,F\n".encode(encoding))
    assert table.cells.to_numpy().tolist() == [["Name", "Sex"], ["Zoë", "F"]]
    assert named in table.note


def test_big_endian_text_with_a_mark() -> None:
    assert decode(b"\xfe\xff" + "é".encode("utf-16-be")) == ("é", "utf-16")


def test_a_declared_encoding_is_taken_at_its_word() -> None:
    assert decode("é".encode("latin-1"), "latin-1") == ("é", "latin-1")
    with pytest.raises(Unreadable, match="utf-8"):
        decode(b"\xff", "utf-8")
    with pytest.raises(Unreadable, match="no-such"):
        decode(b"a", "no-such")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_told(delimiter: str) -> None:
    lines = ["Title of the list", "", delimiter.join(["Client ID", "Hours"]), delimiter.join(["A1", "16.5"])]
    assert tell_delimiter("\n".join([*lines, delimiter.join(["A2", "20"])])) == delimiter


def test_one_column_needs_no_delimiter() -> None:
    assert read_text(b"Client ID\nA1\n").cells.to_numpy().tolist() == [["Client ID"], ["A1"]]


def test_a_delimiter_that_cannot_be_told_is_refused() -> None:
    with pytest.raises(Unreadable, match="delimiter"):
        tell_delimiter("a,b;c\nd,e;f\n")


def test_a_declared_delimiter_and_excels_own_hint() -> None:
    assert read_text(b"a,b;c\n", delimiter=";").cells.to_numpy().tolist() == [["a,b", "c"]]
    assert read_text(b"sep=;\na,b;c\n").cells.to_numpy().tolist() == [["sep=", ""], ["a,b", "c"]]


def test_lines_are_the_physical_ones_and_short_records_are_padded() -> None:
    table = read_text(b'Client ID,Note\nA1,"two\nlines"\n\nA2\n')
    assert table.cells.index.tolist() == [1, 2, 4, 5]
    assert table.cells.to_numpy().tolist() == [["Client ID", "Note"], ["A1", "two\nlines"], ["", ""], ["A2", ""]]


def test_nothing_is_missing_but_the_empty_cell() -> None:
    assert read_text(b"a,b,c\nNA,null,\n").cells.to_numpy().tolist()[1] == ["NA", "null", ""]


@pytest.mark.parametrize("content", [b'a,b\n"open,c\n', b'a,b\n"x"y,c\n'])
def test_broken_quotation_marks_are_refused_with_their_line(content: bytes) -> None:
    with pytest.raises(Unreadable, match="line 2"):
        read_text(content)
