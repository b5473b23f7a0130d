"""Marks of an .xlsb workbook, from its binary records (MS-XLSB)."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from evaltools.clean.marks import ERROR_NAMES, LARGEST_SHEET, Marks, SheetMarks, hidden_words
from evaltools.clean.marks_xlsx import sheet_paths

__all__ = ["xlsb_marks"]

_ROW, _ERROR, _ERROR_FORMULA, _COLUMN, _SHEET, _PROPERTIES = 0, 3, 11, 60, 156, 153


def xlsb_marks(content: bytes) -> Marks:
    """Find the marks of each sheet; raises what zipfile and struct raise when the workbook is damaged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets, date_1904 = [], False
        book = next(name for name in archive.namelist() if name.endswith("workbook.bin"))
        for kind, body in _records(archive.read(book)):
            if kind == _SHEET:
                identifier, length = _text(body, 8)
                sheets.append((_text(body, length)[0], identifier))
            elif kind == _PROPERTIES:
                date_1904 = bool(body[0] & 1)
        paths = sheet_paths(archive, book, sheets)
        return Marks({name: _sheet_marks(archive.read(path)) for name, path in paths.items()}, date_1904)


def _sheet_marks(data: bytes) -> SheetMarks:
    errors: dict[tuple[int, int], str] = {}
    rows: list[int] = []
    columns: list[int] = []
    row = last_row = last_column = 0
    for kind, body in _records(data):
        if _ROW < kind <= _ERROR_FORMULA:
            last_row, last_column = max(last_row, row), max(last_column, struct.unpack_from("<I", body)[0])
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0] + 1
            rows += [row] if body[11] & 0x10 else []
        elif kind in {_ERROR, _ERROR_FORMULA}:
            errors[row, struct.unpack_from("<I", body)[0]] = ERROR_NAMES.get(body[8], "#VALUE!")
        elif kind == _COLUMN:
            first, last = struct.unpack_from("<II", body)
            columns += range(first, min(last + 1, 16384)) if struct.unpack_from("<H", body, 16)[0] & 1 else ()
    return SheetMarks(errors, hidden_words(rows, columns), last_row * (last_column + 1) > LARGEST_SHEET)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(data):
        kind = data[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[place] << 7)
            place += 1
        length = 0
        for shift in range(0, 28, 7):
            byte = data[place]
            place += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, data[place : place + length]
        place += length


def _text(body: bytes, place: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", body, place)[0]
    end = place + 4 + 2 * length
    return body[place + 4 : end].decode("utf-16-le"), end
