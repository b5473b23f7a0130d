"""What a provider entered comes back as it was, and nothing in it can run."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from evaltools.clean.read_workbook import read_workbook
from evaltools.clean.returned_entries import inert_text, put_entry, put_text, shown_entry

ENTRIES = [
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+44 20 7946 0000",
    "-5",
    "-5+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "#N/A",
    "#REF!",
    "0012",
    "12",
    "12.50",
    "37.5",
    "1e5",
    "9999999999999999",
    "TRUE",
    "_x0041_",
    " padded ",
    "a\nb",
    "£5 – “quoted”",
    datetime(2021, 4, 3),
    datetime(2021, 4, 3, 9, 30),
]


def _written(entries: list[object]) -> bytes:
    book = Workbook()
    for row, entry in enumerate(entries, 1):
        put_entry(book.active.cell(row, 1), entry)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_our_own_reader_finds_every_entry_unchanged() -> None:
    sheet = read_workbook("returned.xlsx", "xlsx", _written(ENTRIES)).sheets[0]
    assert sheet.cells[0].tolist() == ENTRIES


def test_no_entry_is_a_formula_or_an_error() -> None:
    cells = [row[0] for row in load_workbook(io.BytesIO(_written(ENTRIES))).active.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    for cell, entry in zip(cells, ENTRIES, strict=True):
        if isinstance(entry, str) and entry.startswith(("=", "+", "@")):
            assert cell.data_type == "s"
            assert cell.quotePrefix, "it must stay text when somebody edits the cell"


@given(st.text(max_size=40))
def test_a_text_is_a_number_only_where_it_reads_back_as_the_same_text(text: str) -> None:
    cell = Workbook().active["A1"]
    put_entry(cell, text)
    assert cell.data_type in ("s", "n")
    if cell.data_type == "n":
        assert str(cell.value) == text


def test_what_no_workbook_can_hold_is_replaced_and_what_is_too_long_is_cut() -> None:
    cell = Workbook().active["A1"]
    put_text(cell, "a\x07b")
    assert cell.value == "a\ufffdb"
    put_text(cell, "x" * 40_000)
    assert len(cell.value) < 32_767
    assert cell.value.endswith("(cut)")


def test_days_before_march_1900_are_text() -> None:
    """Programs disagree about their number."""
    cell = Workbook().active["A1"]
    put_entry(cell, datetime(1900, 1, 1))
    assert cell.value == "1900-01-01 00:00:00"


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("=A1", "'=A1"),
        ("+1", "'+1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("-3.5", "-3.5"),
        ("-3+1", "'-3+1"),
        ("F", "F"),
        ("", ""),
    ],
)
def test_csv_entries_are_inert(text: str, inert: str) -> None:
    assert inert_text(text) == inert


def test_shown_on_one_line() -> None:
    assert shown_entry("a\r\nb") == "a b"
    assert shown_entry(datetime(2021, 4, 3, 9, 30)) == "03/04/2021 09:30:00"
