"""An ODS workbook written as OpenDocument XML."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape, quoteattr

from evaltools.synthetic.workbook_grid import Cell, ErrorCell, GridBook, GridSheet, Span
from evaltools.synthetic.zip_container import zip_bytes

__all__ = ["ods_bytes"]

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in [("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")]
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/></style:style>'
    for name, shown in [("ta1", "true"), ("ta2", "false")]
)
_FORMULAS = {"#N/A": "of:=NA()", "#REF!": "of:=[.#REF!]"}


def ods_bytes(book: GridBook, compressed: bool = True) -> bytes:
    """Write a workbook as ODS, which has no date system: days are days.

    Parameters
    ----------
    book
        Sheets.
    compressed
        Whether the parts of the zip are deflated.

    Returns
    -------
    bytes
        The file.
    """
    body = "".join(_table(sheet) for sheet in book.sheets)
    content = (
        f'{_HEAD}<office:document-content {_NAMES} {_CALC} office:version="1.2">'
        f"<office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in [("/", _TYPE), ("content.xml", "text/xml")]
    )
    manifest = (
        f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.2">{entries}</manifest:manifest>'
    )
    parts = {
        "mimetype": _TYPE.encode(),
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }
    return zip_bytes(parts, compressed, stored_first="mimetype")


def _table(sheet: GridSheet) -> str:
    columns = "".join(
        "<table:table-column" + (' table:visibility="collapse"' if number in sheet.hidden_columns else "") + "/>"
        for number in range(1, sheet.width + 1)
    )
    rows = "".join(_row(sheet, number) for number in range(1, len(sheet.rows) + 1))
    style = "ta2" if sheet.hidden else "ta1"
    return f'<table:table table:name={quoteattr(sheet.name)} table:style-name="{style}">{columns}{rows}</table:table>'


def _row(sheet: GridSheet, number: int) -> str:
    covered, spans = _covered(sheet.merged, number)
    cells = "".join(
        "<table:covered-table-cell/>" if place in covered else _cell(value, spans.get(place, ""))
        for place, value in enumerate(sheet.rows[number - 1], 1)
    )
    hidden = ' table:visibility="collapse"' if number in sheet.hidden_rows else ""
    return f"<table:table-row{hidden}>{cells or '<table:table-cell/>'}</table:table-row>"


def _covered(merged: tuple[Span, ...], row: int) -> tuple[set[int], dict[int, str]]:
    covered: set[int] = set()
    spans: dict[int, str] = {}
    for span in merged:
        if not span.top <= row <= span.bottom:
            continue
        first = span.left + 1 if row == span.top else span.left
        covered |= set(range(first, span.right + 1))
        if row == span.top:
            wide, high = span.right - span.left + 1, span.bottom - span.top + 1
            spans[span.left] = f' table:number-columns-spanned="{wide}" table:number-rows-spanned="{high}"'
    return covered, spans


def _cell(value: Cell, span: str) -> str:
    if value is None:
        return f"<table:table-cell{span}/>"
    if isinstance(value, ErrorCell):
        kind = f'table:formula="{_FORMULAS[value.text]}" office:value-type="string" calcext:value-type="error"'
        text = value.text
    elif isinstance(value, date):
        kind, text = f'office:value-type="date" office:date-value="{value.isoformat()}"', f"{value:%d/%m/%Y}"
    elif isinstance(value, str):
        kind, text = 'office:value-type="string"', value
    else:
        kind, text = f'office:value-type="float" office:value="{value!r}"', f"{value:g}"
    return f"<table:table-cell{span} {kind}>{_paragraph(text)}</table:table-cell>"


def _paragraph(text: str) -> str:
    bare = text.rstrip(" ")
    tail = "<text:s/>" * (len(text) - len(bare))
    return f"<text:p>{escape(bare)}{tail}</text:p>"
