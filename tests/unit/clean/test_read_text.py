from __future__ import annotations

import pytest

from evaltools.clean.read_encoding import decode
from evaltools.clean.read_text import Unreadable, read_text, tell_delimiter


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


def test_a_stray_quotation_mark_that_swallows_records_is_refused_with_its_line() -> None:
    rows = [f"A{n};F;01/02/2020;well" for n in range(20)]
    rows[3], rows[9] = 'A3;F;01/02/2020;"was ill', 'A9;F;01/02/2020;size 12"'
    with pytest.raises(Unreadable, match="starts on line 5 swallows"):
        read_text("\n".join(["ID;Sex;Referred;Notes", *rows]).encode())


def test_a_swallowed_neighbour_is_found_in_any_column() -> None:
    with pytest.raises(Unreadable, match="line 3"):
        read_text(b'ID,Note,Sex,Age\nA0,x,F,1\nA1,"ill,M,40\nA2,well",F,50\nA3,x,F,2\n')


def test_notes_over_several_lines_are_read() -> None:
    note = '"Seen on Monday, was well, and glad, he said\nSeen on Friday; worse, sadly, than before\n\nleft"'
    table = read_text(f"ID,Sex,Age,Note\nA1,F,40,{note}\nA2,M,30,x\n".encode())
    assert table.cells.shape == (3, 4)


def test_a_delimiter_inside_entries_does_not_win_by_making_more_records_of_fewer_columns() -> None:
    record = ',,,;,"line\nbreak",x;y\n'
    assert tell_delimiter("Client ID,Sex,Referred,Job 1 start,Job 1 hours,Notes\n" + record * 2) == ","


def test_a_hint_of_tabs_is_taken() -> None:
    assert read_text(b"sep=\t\r\na,b\tc\r\n").cells.astype(object).to_numpy().tolist() == [["sep=", ""], ["a,b", "c"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n" + b"," * 20_000 + b"\n", "line 2 has more than 16,384 entries"),
        (b"," * 41_000_000, "more than 40,000,000 cells"),
        (b"," * 15_000 + b"\n" + b"a\n" * 5_000, "more than 40,000,000 cells"),
    ],
    ids=["a line of commas", "commas and nothing else", "one wide line above many short ones"],
)
def test_what_would_fill_the_memory_is_refused_before_it_does(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_text(content, delimiter=",")


def test_a_text_that_is_far_too_long_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaltools.clean.read_text.LARGEST_TEXT", 3)
    with pytest.raises(Unreadable, match="in several smaller files"):
        read_text(b"a,b\n")
