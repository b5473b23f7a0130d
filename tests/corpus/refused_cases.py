"""Files that cannot be read: each is refused with its reason and the remedy, and the run goes on."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from cases import Case
from ods_parts import ods
from text_cases import SHORT
from workbook_cases import ROWS
from xls_records import compound, xls
from xlsb_records import xlsb
from xlsx_parts import MAIN, Grid, xlsx
from zip_bytes import zip_bytes

BOOK = Grid("Clients", ROWS)
LOCKED = "protected with a password; save it without one"
DAMAGED = "cut short or damaged"
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
SHEET = "xl__worksheets__sheet1.xml"


def _refused(name: str, file: str, content: bytes, holds: tuple[str, ...], words: str) -> Case:
    return Case(name, file, content, holds, SHORT, refused=words, said={"D101": ""})


def _sheet(inside: str, before: str = "") -> dict[str, Any]:
    return {SHEET: f'{before}<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'}


def _flipped(content: bytes, part: str) -> bytes:
    """The same archive with one bit of a part's packed bytes turned over."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo(part).header_offset + 30 + len(part) + 20
    return content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]


def _bomb() -> bytes:
    """A sheet of 60 MB of zero bytes, packed into 60 kB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            info = zipfile.ZipInfo(name, (2024, 4, 2, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with new.open(info, "w") as part:
                for _ in range(60):
                    part.write(bytes(1_000_000))
    return buffer.getvalue()


def _laughs() -> str:
    """Ten levels of ten entities each: ten thousand million letters."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{levels}]>'


REFUSED_CASES = (
    _refused(
        "locked_xlsx",
        "april.xlsx",
        compound({"EncryptionInfo": b"i" * 200, "EncryptedPackage": b"p" * 9000}),
        ("password",),
        LOCKED,
    ),
    _refused("locked_xls", "april.xls", xls(BOOK, locked=True), ("password", "xls"), LOCKED),
    _refused("locked_ods", "april.ods", ods(BOOK, encrypted=True), ("password", "ods"), LOCKED),
    _refused("cut_xlsx", "april.xlsx", xlsx(BOOK)[:-300], ("truncated",), DAMAGED),
    _refused("cut_xlsb", "april.xlsb", xlsb(BOOK)[:900], ("truncated", "xlsb"), DAMAGED),
    _refused("cut_xls", "april.xls", xls(BOOK)[:1400], ("truncated", "xls"), DAMAGED),
    _refused("cut_ods", "april.ods", ods(BOOK)[:500], ("truncated", "ods"), DAMAGED),
    _refused(
        "a_sheet_cut_inside",
        "april.xlsx",
        xlsx(BOOK, **{SHEET: f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"'}),
        ("truncated",),
        DAMAGED,
    ),
    _refused(
        "a_sheet_cut_between_rows",
        "april.xlsx",
        xlsx(BOOK, **{SHEET: f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'}),
        ("truncated",),
        DAMAGED,
    ),
    _refused(
        "a_bit_flipped_in_a_sheet", "april.xlsx", _flipped(xlsx(BOOK), "xl/worksheets/sheet1.xml"), ("truncated",), DAMAGED
    ),
    _refused(
        "a_bit_flipped_in_the_strings", "april.xlsx", _flipped(xlsx(BOOK), "xl/sharedStrings.xml"), ("truncated",), DAMAGED
    ),
    _refused(
        "far_cell_xlsx",
        "april.xlsx",
        xlsx(Grid("Clients", ROWS, more_rows=FAR)),
        ("far cell",),
        "sheet 'Clients' is far too large",
    ),
    _refused(
        "far_cell_without_places",
        "april.xlsx",
        xlsx(BOOK, **_sheet('<row r="1048576"><c r="XFD1048576" s="0" t="n"><v>1</v></c><c><v>2</v></c></row>')),
        ("far cell",),
        "sheet 'Clients' is far too large",
    ),
    _refused(
        "far_cell_ods",
        "april.ods",
        ods(
            Grid(
                "Clients",
                ROWS,
                more_rows='<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
                'table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
                "</table:table-row>",
            )
        ),
        ("far cell", "ods"),
        "sheet 'Clients' is far too large",
    ),
    _refused("a_zip_bomb", "april.xlsx", _bomb(), ("zip bomb",), "far too large once unpacked"),
    _refused(
        "a_bomb_of_entities",
        "april.xlsx",
        xlsx(BOOK, **_sheet('<row r="1"><c r="A1" t="e"><v>&l10;</v></c></row>', _laughs())),
        ("zip bomb",),
        DAMAGED,
    ),
    _refused(
        "a_bomb_of_entities_in_the_book",
        "april.xlsx",
        xlsx(BOOK, **{"xl__workbook.xml": f'{_laughs()}<workbook xmlns="{MAIN}">&l10;</workbook>'}),
        ("zip bomb",),
        DAMAGED,
    ),
    _refused(
        "a_web_page_named_xls",
        "april.xls",
        b"<html><body><table><tr><td>Client ID</td></tr></table></body></html>",
        ("mislabelled", "not a table"),
        "web page",
    ),
    _refused(
        "a_pdf_named_xlsx", "april.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", ("mislabelled", "not a table"), "PDF"
    ),
    _refused(
        "xml_named_xls",
        "april.xls",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        ("mislabelled", "not a table"),
        "XML document",
    ),
    _refused(
        "a_text_document",
        "april.xlsx",
        zip_bytes({"word/document.xml": "<w/>"}),
        ("not a table", "mislabelled"),
        "another document",
    ),
    _refused("a_folder_of_files", "april.zip", zip_bytes({"april.csv": "Client ID,Sex"}), ("not a table",), "take them out"),
    _refused("a_picture", "april.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(40), ("not a table",), "picture"),
    _refused("packed", "april.csv", b"\x1f\x8b\x08\0" + bytes(30), ("not a table",), "unpack it"),
    _refused("nothing", "april.csv", b"", ("not a table", "truncated"), "it is empty"),
    _refused("only_line_ends", "april.csv", b"\r\n\r\n \r\n", ("not a table", "blank line"), "it is empty"),
)
