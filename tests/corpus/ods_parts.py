"""An .ods workbook written as XML text. Cells are those of `xlsx_parts`; a day is a number of days from 1899-12-30."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from xml.sax.saxutils import escape

from xlsx_parts import Cell, Day, Fault, Grid, Xml
from zip_bytes import zip_bytes

SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def ods(*sheets: Grid, encrypted: bool = False) -> bytes:
    names = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    hidden = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    tables = "".join(_table(sheet) for sheet in sheets)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2">{hidden}'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    locked = '<manifest:encryption-data manifest:checksum="x"/>' if encrypted else ""
    manifest = (
        f'<manifest:manifest xmlns:manifest="{MANIFEST}">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{locked}</manifest:file-entry>"
        "</manifest:manifest>"
    )
    body = bytes(byte ^ 0x5A for byte in content.encode()) if encrypted else content.encode()
    return zip_bytes({"mimetype": TYPE, "content.xml": body, "META-INF/manifest.xml": manifest})


def _table(sheet: Grid) -> str:
    style = ' table:style-name="ta1"' if sheet.state else ""
    widest = max(map(len, sheet.rows), default=1)
    columns = "".join(
        "<table:table-column" + (' table:visibility="collapse"' if n in sheet.hidden_columns else "") + "/>"
        for n in range(1, widest + 1)
    )
    rows = "".join(_row(sheet, number, row) for number, row in enumerate(sheet.rows, 1))
    return f'<table:table table:name="{escape(sheet.name)}"{style}>{columns}{rows}{sheet.more_rows}</table:table>'


def _row(sheet: Grid, number: int, row: Sequence[Cell]) -> str:
    hidden = ' table:visibility="collapse"' if number in sheet.hidden_rows else ""
    return f"<table:table-row{hidden}>{''.join(map(_cell, row)) or '<table:table-cell/>'}</table:table-row>"


def _cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, Xml):
        return cell.text
    if isinstance(cell, Fault):
        return (
            '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
            f"<text:p>{cell.text}</text:p></table:table-cell>"
        )
    if isinstance(cell, Day):
        moment = datetime.combine(date(1899, 12, 30), time()) + timedelta(days=cell.serial)
        value = moment.isoformat() if moment.time() != time() else moment.date().isoformat()
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}">'
            f"<text:p>{moment:%d/%m/%Y}</text:p></table:table-cell>"
        )
    if isinstance(cell, bool):
        said = str(cell).lower()
        return (
            f'<table:table-cell office:value-type="boolean" office:boolean-value="{said}">'
            f"<text:p>{said.upper()}</text:p></table:table-cell>"
        )
    if isinstance(cell, str):
        paragraphs = "".join(f"<text:p>{escape(part)}</text:p>" for part in cell.split("\n"))
        return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell!r}"><text:p>{cell:g}</text:p></table:table-cell>'
    )
