"""An XLSX workbook written part by part as XML, so that the library that reads it did not write it."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape, quoteattr

from evaltools.synthetic.workbook_grid import (
    Cell,
    ErrorCell,
    GridBook,
    GridSheet,
    Span,
    column_letters,
    serial_number,
)
from evaltools.synthetic.zip_container import zip_bytes

__all__ = ["xlsx_bytes"]

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def xlsx_bytes(book: GridBook, compressed: bool = True) -> bytes:
    """Write a workbook as XLSX.

    Parameters
    ----------
    book
        Sheets and date system.
    compressed
        Whether the parts of the zip are deflated.

    Returns
    -------
    bytes
        The file.
    """
    shared: dict[str, int] = {}
    sheets = [_sheet(sheet, book.date1904, shared) for sheet in book.sheets]
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(book),
        "xl/_rels/workbook.xml.rels": _relations(
            [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
            + [("rIdS", "styles", "styles.xml"), ("rIdT", "sharedStrings", "sharedStrings.xml")]
        ),
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": _strings(shared),
    } | {f"xl/worksheets/sheet{number}.xml": text for number, text in enumerate(sheets, 1)}
    return zip_bytes({name: (_HEAD + text).encode() for name, text in parts.items()}, compressed)


def _content_types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles"), ("/xl/sharedStrings.xml", "sharedStrings")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1)]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{_SHEET_TYPE}.{kind}+xml"/>' for name, kind in parts)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: list[tuple[str, str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for key, kind, to in targets)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _workbook(book: GridBook) -> str:
    sheets = "".join(
        f"<sheet name={quoteattr(sheet.name)} sheetId={quoteattr(str(number))}"
        f'{" state=" + quoteattr("hidden") if sheet.hidden else ""} r:id="rId{number}"/>'
        for number, sheet in enumerate(book.sheets, 1)
    )
    system = '<workbookPr date1904="1"/>' if book.date1904 else "<workbookPr/>"
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{system}<sheets>{sheets}</sheets></workbook>'


def _strings(shared: dict[str, int]) -> str:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
    return f'<sst xmlns="{_MAIN}" uniqueCount="{len(shared)}">{items}</sst>'


def _sheet(sheet: GridSheet, date1904: bool, shared: dict[str, int]) -> str:
    columns = "".join(f'<col min="{n}" max="{n}" width="9" hidden="1"/>' for n in sorted(sheet.hidden_columns))
    rows = []
    for number, filled in sheet.filled():
        cells = "".join(
            _cell(f"{column_letters(place + 1)}{number + 1}", value, date1904, shared) for place, value in filled
        )
        hidden = ' hidden="1"' if number + 1 in sheet.hidden_rows else ""
        rows.append(f'<row r="{number + 1}"{hidden}>{cells}</row>')
    return (
        f'<worksheet xmlns="{_MAIN}">{f"<cols>{columns}</cols>" if columns else ""}'
        f"<sheetData>{''.join(rows)}</sheetData>{_merges(sheet.merged)}</worksheet>"
    )


def _merges(merged: tuple[Span, ...]) -> str:
    if not merged:
        return ""
    spans = "".join(
        f'<mergeCell ref="{column_letters(s.left)}{s.top}:{column_letters(s.right)}{s.bottom}"/>' for s in merged
    )
    return f'<mergeCells count="{len(merged)}">{spans}</mergeCells>'


def _cell(place: str, value: Cell, date1904: bool, shared: dict[str, int]) -> str:
    if isinstance(value, ErrorCell):
        return f'<c r="{place}" t="e"><v>{value.text}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{serial_number(value, date1904)}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'
