"""An XLSB workbook (BIFF12 records in a zip), written record by record."""

from __future__ import annotations

import struct
from datetime import date

from evaltools.synthetic.workbook_grid import Cell, ErrorCell, GridBook, GridSheet, serial_number
from evaltools.synthetic.zip_container import zip_bytes

__all__ = ["xlsb_bytes"]

_ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#N/A": 0x2A}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def xlsb_bytes(book: GridBook) -> bytes:
    """Write a workbook as XLSB.

    Parameters
    ----------
    book
        Sheets and date system.

    Returns
    -------
    bytes
        The file.
    """
    numbers = range(1, len(book.sheets) + 1)
    parts = {
        "[Content_Types].xml": _content_types(len(book.sheets)).encode(),
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.bin")]).encode(),
        "xl/workbook.bin": _workbook(book),
        "xl/_rels/workbook.bin.rels": _relations(
            [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.bin") for n in numbers] + [("rIdS", "styles", "styles.bin")]
        ).encode(),
        "xl/styles.bin": _styles(),
    } | {f"xl/worksheets/sheet{n}.bin": _sheet(book.sheets[n - 1], book.date1904) for n in numbers}
    return zip_bytes(parts)


def _content_types(sheets: int) -> str:
    excel = "application/vnd.ms-excel"
    names = [("/xl/workbook.bin", f"{excel}.sheet.binary.macroEnabled.main"), ("/xl/styles.bin", f"{excel}.styles")]
    names += [(f"/xl/worksheets/sheet{n}.bin", f"{excel}.worksheet") for n in range(1, sheets + 1)]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in names)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="bin" ContentType="{excel}.sheet.binary.macroEnabled.main"/>{overrides}</Types>'
    )


def _relations(targets: list[tuple[str, str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for key, kind, to in targets)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while True:
        length, low = length >> 7, length & 0x7F
        size += bytes([low | (0x80 if length else 0)])
        if not length:
            return head + size + content


def _text(value: str) -> bytes:
    return struct.pack("<I", len(value.encode("utf-16-le")) // 2) + value.encode("utf-16-le")


def _workbook(book: GridBook) -> bytes:
    sheets = b"".join(
        _record(156, struct.pack("<II", int(sheet.hidden), number) + _text(f"rId{number}") + _text(sheet.name))
        for number, sheet in enumerate(book.sheets, 1)
    )
    properties = _record(153, struct.pack("<II", int(book.date1904), 0) + _text(""))
    return _record(131) + properties + _record(143) + sheets + _record(144) + _record(132)


def _styles() -> bytes:
    font = struct.pack("<HHHHBBBBBBIB", 220, 0, 400, 0, 0, 2, 0, 0, 7, 1, 0, 0) + _text("Calibri")
    fill = struct.pack("<I", 0) + bytes(64)
    border = bytes(51)
    parent = _format(0xFFFF, 0)
    groups = [(611, 43, [font]), (603, 45, [fill, fill]), (613, 46, [border]), (626, 47, [parent])]
    groups.append((617, 47, [_format(0, 0), _format(0, 14)]))
    body = b"".join(
        _record(begin, struct.pack("<I", len(items))) + b"".join(_record(kind, item) for item in items) + _record(begin + 1)
        for begin, kind, items in groups
    )
    return _record(278) + body + _record(279)


def _format(parent: int, number_format: int) -> bytes:
    return struct.pack("<HHHHHBBI", parent, number_format, 0, 0, 0, 0, 0, 0)


def _sheet(sheet: GridSheet, date1904: bool) -> bytes:
    parts = [_record(129), _record(148, struct.pack("<IIII", 0, len(sheet.rows) - 1, 0, sheet.width - 1))]
    if sheet.hidden_columns:
        hidden = (_record(60, struct.pack("<IIIIH", n - 1, n - 1, 2304, 0, 1)) for n in sorted(sheet.hidden_columns))
        parts += [_record(390), *hidden, _record(391)]
    parts.append(_record(145))
    for number, filled in sheet.filled():
        flag = 0x10 if number + 1 in sheet.hidden_rows else 0
        parts.append(_record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flag, 0, 0)))
        parts += [_cell(place, value, date1904) for place, value in filled]
    parts.append(_record(146))
    if sheet.merged:
        spans = (_record(176, struct.pack("<IIII", s.top - 1, s.bottom - 1, s.left - 1, s.right - 1)) for s in sheet.merged)
        parts += [_record(177, struct.pack("<I", len(sheet.merged))), *spans, _record(178)]
    return b"".join([*parts, _record(130)])


def _cell(column: int, value: Cell, date1904: bool) -> bytes:
    dated = isinstance(value, date)
    place = struct.pack("<II", column, int(dated))
    if isinstance(value, ErrorCell):
        return _record(3, place + bytes([_ERRORS[value.text]]))
    if isinstance(value, str):
        return _record(6, place + _text(value))
    number = serial_number(value, date1904) if isinstance(value, date) else float(value or 0)
    return _record(5, place + struct.pack("<d", number))
