"""The last sheet of the workbook sent back: every file and what became of its lines."""

from __future__ import annotations

from openpyxl import Workbook
from returned_case import ACCOUNT

from evaltools.clean.returned_files import write_files


def test_every_sheet_stands_there_with_its_rows_and_a_link() -> None:
    sheet = Workbook().active
    write_files(sheet, ACCOUNT, {("haringey.xlsx", "Clients"): "Clients"}, [("haringey.xlsx", "Clients")], "foot")
    assert [cell.value for cell in sheet[4]][:8] == ["haringey.xlsx", "Clients", "Clients", "read", 4, 2, 0, 2]
    assert sheet["C4"].hyperlink.location == "'Clients'!A1"
    assert "only rows with something to fix" in sheet["I4"].value
    assert sheet["I5"].value == "xlsx"
