"""The workbook sent back to a provider, as a whole."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from returned_case import ACCOUNT, ASIDE, FOUND, SHADED, SHEETS

from evaltools.clean import returned_sheet
from evaltools.clean import returned_workbook as returned_book
from evaltools.clean.read_workbook import read_workbook
from evaltools.clean.returned_workbook import returned_workbook


def _bytes() -> bytes:
    return returned_workbook("Haringey", SHEETS, FOUND, ASIDE, ACCOUNT, synthetic=True)


def _book() -> Workbook:
    return load_workbook(io.BytesIO(_bytes()))


def test_what_to_fix_comes_first_and_the_files_last() -> None:
    assert _book().sheetnames == ["What to fix", "Clients", "haringey_jobs", "About the files"]


def test_exactly_the_cells_of_the_findings_are_shaded_and_commented() -> None:
    sheet = _book()["Clients"]
    body = [cell for row in sheet.iter_rows(min_row=3) for cell in row]
    assert {cell.coordinate for cell in body if cell.fill.fill_type} == SHADED
    assert {cell.coordinate for cell in body if cell.comment} == SHADED
    assert sheet["B3"].comment.text.startswith("Must fix: A date cannot be read")


def test_our_own_reader_finds_every_entry_where_it_stood() -> None:
    sheets = {sheet.name: sheet.cells for sheet in read_workbook("a.xlsx", "xlsx", _bytes()).sheets}
    for sheet, tab in zip(SHEETS, ["Clients", "haringey_jobs"], strict=True):
        assert sheets[tab].to_numpy().tolist() == sheet.cells.to_numpy().tolist()


def test_no_cell_anywhere_is_a_formula() -> None:
    assert not [cell for sheet in _book() for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]


def test_links_lead_to_cells_that_exist() -> None:
    book = _book()
    places = [cell.hyperlink.location for row in book["What to fix"].iter_rows() for cell in row if cell.hyperlink]
    assert sorted(places) == sorted(f"'Clients'!{cell}" for cell in ("A3", "A5", "B3", "C6", "D5", "D5", "D6"))


def test_the_same_again_is_the_same_bytes() -> None:
    assert _bytes() == _bytes()


def test_a_sheet_that_is_cut_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (returned_sheet, returned_book):
        monkeypatch.setattr(module, "LONGEST_SHEET", 5)
    book = _book()
    assert "only the header and the rows that need you" in book["What to fix"]["A2"].value
    notes = {row[0].value: row[8].value for row in book["About the files"].iter_rows(min_row=4)}
    assert "too long to send back whole" in notes["haringey.xlsx"]
    assert notes["haringey_jobs.csv"] == "xlsx"
    assert book["Clients"]["A4"].value is None
