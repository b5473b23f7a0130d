"""An XLS workbook (BIFF8 records in a compound file), written record by record."""

from __future__ import annotations

import struct
from datetime import date

from evaltools.synthetic.compound_file import compound_file
from evaltools.synthetic.workbook_grid import Cell, ErrorCell, GridBook, GridSheet, serial_number

__all__ = ["ERROR_CODES", "xls_bytes"]

ERROR_CODES = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#N/A": 0x2A}
_GENERAL, _DATE = 15, 16  # cell formats: the first fifteen belong to styles


def xls_bytes(book: GridBook) -> bytes:
    """Write a workbook as XLS.

    Parameters
    ----------
    book
        Sheets and date system.

    Returns
    -------
    bytes
        The file.
    """
    bodies = [_sheet(sheet, book.date1904) for sheet in book.sheets]
    names = [sheet.name.encode("utf-16-le") for sheet in book.sheets]
    head = _beginning(5) + _record(0x42, "<H", 1200) + _record(0x22, "<H", int(book.date1904)) + _formats()
    offset = len(head) + sum(4 + 8 + len(name) for name in names) + 4
    listing = b""
    for sheet, name, body in zip(book.sheets, names, bodies, strict=True):
        state = 1 if sheet.hidden else 0
        listing += _raw(0x85, struct.pack("<IBBBB", offset, state, 0, len(name) // 2, 1) + name)
        offset += len(body)
    return compound_file({"Workbook": head + listing + _raw(0x0A, b"") + b"".join(bodies)})


def _raw(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _record(kind: int, layout: str, *values: int | float | bytes) -> bytes:
    return _raw(kind, struct.pack(layout, *values))


def _beginning(kind: int) -> bytes:
    return _record(0x809, "<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6)


def _formats() -> bytes:
    font = struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial"
    style = struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0xF4, 0, 0, 0x20C0)
    general = struct.pack("<HHHBBBBIIH", 0, 0, 1, 0x20, 0, 0, 0, 0, 0, 0x20C0)
    day = struct.pack("<HHHBBBBIIH", 0, 14, 1, 0x20, 0, 0, 4, 0, 0, 0x20C0)
    normal = _record(0x293, "<HBB", 0x8000, 0, 0xFF)
    return _raw(0x31, font) * 4 + _raw(0xE0, style) * 15 + _raw(0xE0, general) + _raw(0xE0, day) + normal


def _sheet(sheet: GridSheet, date1904: bool) -> bytes:
    parts = [_beginning(0x10)]
    for number in sorted(sheet.hidden_columns):
        parts.append(_record(0x7D, "<HHHHHH", number - 1, number - 1, 2304, _GENERAL, 1, 0))
    parts.append(_record(0x200, "<IIHHH", 0, len(sheet.rows), 0, sheet.width, 0))
    for number, filled in sheet.filled():
        flags = 0x20 if number + 1 in sheet.hidden_rows else 0
        parts.append(_record(0x208, "<HHHHHHHH", number, 0, sheet.width, 255, 0, 0, 0x100 | flags, _GENERAL))
        parts += [_cell(number, place, value, date1904) for place, value in filled]
    parts.append(_record(0x23E, "<HHHIHHI", 0x06B6, 0, 0, 0x40, 0, 0, 0))
    if sheet.merged:
        spans = b"".join(struct.pack("<HHHH", s.top - 1, s.bottom - 1, s.left - 1, s.right - 1) for s in sheet.merged)
        parts.append(_raw(0xE5, struct.pack("<H", len(sheet.merged)) + spans))
    return b"".join(parts) + _raw(0x0A, b"")


def _cell(row: int, column: int, value: Cell, date1904: bool) -> bytes:
    if isinstance(value, ErrorCell):
        return _record(0x205, "<HHHBB", row, column, _GENERAL, ERROR_CODES[value.text], 1)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _raw(0x204, struct.pack("<HHHHB", row, column, _GENERAL, len(text) // 2, 1) + text)
    if isinstance(value, date):
        return _record(0x203, "<HHHd", row, column, _DATE, serial_number(value, date1904))
    return _record(0x203, "<HHHd", row, column, _GENERAL, float(value or 0))
