from __future__ import annotations

from xml.etree import ElementTree

import pytest

from evaltools.clean import marks_xlsx_sheet
from evaltools.clean.marks import NO_VALUE, SheetMarks
from evaltools.clean.marks_xlsx_sheet import sheet_marks

EXCEL = (
    '<worksheet xmlns="m"><cols><col min="1" max="1" width="9" hidden="1"/><col min="4" max="5" width="0" customWidth="1"/>'
    '<col min="2" max="2" width="10"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    '<row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" s="3"><v>7</v></c>'
    '<c r="C2" s="3" t="s"><v>7</v></c></row>'
    '<row r="3" ht="0" customHeight="1"><c r="AA3" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    '<row r="4"><c r="A4"><f>1+1</f></c><c r="B4"><f>1+1</f><v>2</v></c><c r="C4" t="str"><f>""</f></c></row>'
    '<row r="5"><c r="A5" t="inlineStr"><is><t>t="e" hidden="1" &lt;f</t></is></c></row></sheetData></worksheet>'
)
FOUND = SheetMarks(
    {(2, 0): "#N/A", (2, 1): "0007", (3, 26): "#DIV/0!", (4, 0): NO_VALUE},
    ("row 2", "row 3", "column A", "column D", "column E"),
)


def test_errors_zeros_formulas_and_hidden_parts_are_found() -> None:
    assert sheet_marks(EXCEL.encode(), {3: 4}) == FOUND


@pytest.mark.parametrize(
    "other",
    [
        EXCEL.replace("<c r=", "<c x='1' r="),
        EXCEL.replace('t="e"', "t='e'", 1),
        EXCEL.replace("worksheet", "x:worksheet").replace('xmlns="m"', 'xmlns:x="m" xmlns="m"'),
    ],
    ids=["another attribute first", "single marks", "a prefix"],
)
def test_a_sheet_that_is_written_otherwise_is_parsed_and_gives_the_same(other: str) -> None:
    found = sheet_marks(other.encode())
    assert found.errors == {place: text for place, text in FOUND.errors.items() if text != "0007"}
    assert found.hidden == FOUND.hidden


def test_cells_and_rows_without_their_place_follow_the_one_before() -> None:
    rows = '<row><c/><c t="e"><v>#REF!</v></c></row><row r="5"><c/></row><row><c t="e"/></row>'
    assert sheet_marks(f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()).errors == {
        (1, 1): "#REF!",
        (6, 0): "#VALUE!",
    }


@pytest.mark.parametrize("cut", [20, 200, 480, 600, len(EXCEL) - 3])
def test_a_sheet_that_is_cut_short_is_an_error(cut: int) -> None:
    with pytest.raises((ElementTree.ParseError, ValueError)):
        sheet_marks(EXCEL[:cut].encode())


FAR = '<row r="1048576"><c r="XFD1048576"{}></row>'


@pytest.mark.parametrize(
    ("last", "too_large"),
    [
        (FAR.format("><v>1</v></c"), True),
        (FAR.format(' s="1"/'), False),
        ('<row r="900000"><c r="A900000"><v>1</v></c></row>', False),
        ('<row r="2000000"><c r="Z2000000"><v>1</v></c></row>', True),
    ],
)
@pytest.mark.parametrize("written", ["<c r=", "<c  r="])
def test_the_box_around_the_cells_that_hold_anything_counts(last: str, too_large: bool, written: str) -> None:
    xml = f'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{last}</sheetData></worksheet>'
    assert sheet_marks(xml.replace("<c r=", written).encode()).too_large == too_large


def test_nothing_of_note_is_found_in_a_plain_sheet() -> None:
    assert (
        sheet_marks(b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>') == SheetMarks()
    )
    assert marks_xlsx_sheet.NO_VALUE == NO_VALUE
