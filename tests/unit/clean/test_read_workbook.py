from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from evaltools.clean import read_workbook as read_workbook_module
from evaltools.clean.read_text import Unreadable
from evaltools.clean.read_workbook import read_workbook
from evaltools.synthetic.ods_bytes import ods_bytes
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook, GridSheet, Span
from evaltools.synthetic.xls_bytes import xls_bytes
from evaltools.synthetic.xlsb_bytes import xlsb_bytes
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

WRITERS = {"xlsx": xlsx_bytes, "xls": xls_bytes, "xlsb": xlsb_bytes, "ods": ods_bytes}
SHEET = GridSheet(
    "Clients",
    (
        (None, None, None),
        (None, "Person", None),
        (None, date(2021, 4, 3), ErrorCell("#N/A")),
        (None, 3, 37.5),
        (None, "01", " x"),
        (None, None, ErrorCell("#REF!")),
        (None, None, None),
    ),
    hidden_rows=frozenset({4}),
    merged=(Span(2, 2, 2, 3),),
)


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("date1904", [False, True])
def test_cells_stand_at_their_true_places_in_every_format(kind: str, date1904: bool) -> None:
    book = read_workbook("a", kind, WRITERS[kind](GridBook((SHEET, GridSheet("Old", (("a",),), hidden=True)), date1904)))
    clients, old = book.sheets
    assert clients.cells.to_numpy().tolist() == [
        ["", "", ""],
        ["", "Person", ""],
        ["", datetime(2021, 4, 3), "#N/A"],
        ["", "3", "37.5"],
        ["", "01", " x"],
        ["", "", "#REF!"],
    ]
    assert clients.cells.index.tolist() == [1, 2, 3, 4, 5, 6]
    assert clients.hidden == ("row 4",)
    assert old.hidden == ("the whole sheet",)
    assert book.date_1904 == (date1904 and kind != "ods")


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_ranges_are_known(kind: str) -> None:
    assert read_workbook("a", kind, WRITERS[kind](GridBook((SHEET,)))).sheets[0].merged == ((2, 1, 2, 2),)


def test_typed_cells_become_text_or_days() -> None:
    content = _openpyxl(lambda sheet: sheet.append([True, 16.0, 0.5, datetime(2021, 4, 3, 9, 30), "x"]))
    assert read_workbook("a", "xlsx", content).sheets[0].cells.to_numpy().tolist() == [
        ["TRUE", "16", "0.5", datetime(2021, 4, 3, 9, 30), "x"]
    ]


def test_an_empty_sheet_is_a_sheet_without_lines() -> None:
    assert read_workbook("a", "xlsx", _openpyxl(lambda sheet: None)).sheets[0].cells.empty


@pytest.mark.parametrize("kind", WRITERS)
def test_a_damaged_workbook_is_refused_in_words(kind: str) -> None:
    whole = WRITERS[kind](GridBook((SHEET,)))
    content = whole[:700] if kind == "xls" else _without_sheets(whole)
    with pytest.raises(Unreadable, match="cut short or damaged"):
        read_workbook("a", kind, content)


def _openpyxl(fill: Callable[..., object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _without_sheets(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            spoiled = "sheets/" in name or name == "content.xml"
            new.writestr(name, old.read(name)[:40] if spoiled else old.read(name))
    return buffer.getvalue()


def test_a_part_without_its_checksum_is_refused() -> None:
    content = xlsx_bytes(GridBook((SHEET,)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    flipped = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    with pytest.raises(Unreadable, match="damaged"):
        read_workbook("a", "xlsx", flipped)


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
def test_a_sheet_with_an_entry_far_away_is_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"evaltools.clean.marks_{kind}.LARGEST_SHEET", 20)
    with pytest.raises(Unreadable, match="sheet 'Clients' is far too large"):
        read_workbook("a", kind, WRITERS[kind](GridBook((replace(SHEET, rows=(*SHEET.rows[:6], (None, None, 1.0))),))))


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaltools.clean.read_workbook._LARGEST_UNPACKED", 100)
    with pytest.raises(Unreadable, match="once unpacked"):
        read_workbook("a", "xlsx", xlsx_bytes(GridBook((SHEET,))))


def test_a_binary_workbook_whose_records_break_off_is_refused() -> None:
    content = xls_bytes(GridBook((SHEET,)))
    with pytest.raises(Unreadable, match="damaged"):
        read_workbook("a", "xls", content[:76] + b"\xfe\xff\xff\x7f" + content[80:600])


def test_a_workbook_whose_marks_cannot_be_found_is_refused_and_not_half_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(content: bytes) -> object:
        raise ValueError("no stream")

    monkeypatch.setattr(read_workbook_module, "_MARKS", dict.fromkeys(("xlsx", "xls", "xlsb", "ods"), fail))
    book = openpyxl.Workbook()
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(Unreadable, match="cut short or damaged"):
        read_workbook("a.xlsx", "xlsx", buffer.getvalue())
