from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
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


def test_a_workbook_that_says_itself_that_it_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaltools.clean.read_archive.LARGEST_UNPACKED", 100)
    with pytest.raises(Unreadable, match="once unpacked"):
        read_workbook("a", "xlsx", xlsx_bytes(GridBook((SHEET,))))


def test_a_workbook_that_is_far_too_large_as_sent_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_workbook_module, "_LARGEST_FILE", 100)
    with pytest.raises(Unreadable, match="send its sheets as CSV files"):
        read_workbook("a", "xlsx", xlsx_bytes(GridBook((SHEET,))))


def test_no_reader_of_workbooks_runs_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading goes on where calamine cannot be called and no XML can be parsed."""

    def fail(*parts: object, **named: object) -> None:
        raise AssertionError("a workbook was parsed in the parent process")

    monkeypatch.setattr("python_calamine.load_workbook", fail)
    for parser in ("fromstring", "iterparse", "parse", "XMLParser"):
        monkeypatch.setattr(f"xml.etree.ElementTree.{parser}", fail)
    for kind, writer in WRITERS.items():
        assert read_workbook("a", kind, writer(GridBook((SHEET,)))).sheets[0].cells.shape == (6, 3)


@pytest.mark.parametrize("kind", WRITERS)
def test_columns_hold_each_distinct_cell_once(kind: str) -> None:
    rows = tuple((f"ZQ-{n}", ["F", "M", None][n % 3], date(2021, 4, 1 + n % 2)) for n in range(300))
    cells = read_workbook("a", kind, WRITERS[kind](GridBook((GridSheet("S", rows),)))).sheets[0].cells
    assert [len(cells[position].cat.categories) for position in range(3)] == [300, 3, 2]
    assert cells[1].tolist()[:4] == ["F", "M", "", "F"]
    assert cells[2].tolist()[:2] == [datetime(2021, 4, 1), datetime(2021, 4, 2)]
    assert cells[0].tolist()[-1] == "ZQ-299"


def test_a_binary_workbook_whose_records_break_off_is_refused() -> None:
    content = xls_bytes(GridBook((SHEET,)))
    with pytest.raises(Unreadable, match="damaged"):
        read_workbook("a", "xls", content[:76] + b"\xfe\xff\xff\x7f" + content[80:600])
