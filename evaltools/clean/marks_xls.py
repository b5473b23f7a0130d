"""Marks of an .xls workbook, from its binary records (BIFF8 or BIFF5, MS-XLS) inside a compound file (MS-CFB)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from evaltools.clean.marks import ERROR_NAMES, LARGEST_SHEET, Marks, SheetMarks, hidden_words
from evaltools.clean.unreadable import LOCKED, Unreadable

__all__ = ["workbook_stream", "xls_marks"]

_END, _BOUND, _DATES, _ERROR, _FORMULA, _ROW, _COLUMNS = 0x0A, 0x85, 0x22, 0x205, 0x06, 0x208, 0x7D
_BEGIN, _BIFF8 = 0x809, 0x600
_ENCRYPTED = 0x2F
_CELLS = (0x06, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xBD, 0xBE, 0xD6, 0xFD)
_LAST_SECTOR = 0xFFFFFFFA
_SECTORS, _LARGEST_SHIFT = (512, 4096), 16  # bytes


def xls_marks(content: bytes) -> Marks:
    """Find the marks of each sheet; raises struct.error or ValueError when it is damaged, Unreadable when it is locked."""
    stream = workbook_stream(content)
    sheets: dict[str, int] = {}
    date_1904, short_names = False, False
    for kind, body in _records(stream, 0):
        if kind == _BEGIN:
            short_names = struct.unpack_from("<H", body)[0] < _BIFF8
        elif kind == _ENCRYPTED:
            raise Unreadable(LOCKED)
        elif kind == _BOUND:
            sheets[_short_name(body) if short_names else _name(body)] = struct.unpack_from("<I", body)[0]
        elif kind == _DATES:
            date_1904 = bool(body[0])
    return Marks({name: _sheet_marks(stream, offset) for name, offset in sheets.items()}, date_1904)


def _sheet_marks(stream: bytes, offset: int) -> SheetMarks:
    errors: dict[tuple[int, int], str] = {}
    rows: list[int] = []
    columns: list[int] = []
    last_row = last_column = 0
    for kind, body in _records(stream, offset):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            last_row, last_column = max(last_row, row), max(last_column, column)
        if kind == _ERROR and body[7]:
            row, column = struct.unpack_from("<HH", body)
            errors[row + 1, column] = ERROR_NAMES.get(body[6], "#VALUE!")
        elif kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
            row, column = struct.unpack_from("<HH", body)
            errors[row + 1, column] = ERROR_NAMES.get(body[8], "#VALUE!")
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            rows.append(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            columns += range(first, min(last, 255) + 1)
    return SheetMarks(errors, hidden_words(rows, columns), (last_row + 1) * (last_column + 1) > LARGEST_SHEET)


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Give the records of one substream, to its end."""
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _END:
            return
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _name(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    return body[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _short_name(body: bytes) -> str:
    """Give the name of a sheet before BIFF8, which has one byte a letter and no mark of it."""
    return body[7 : 7 + body[6]].decode("cp1252", "replace")


def workbook_stream(content: bytes) -> bytes:
    """Find the stream 'Workbook' of a compound file; raises ValueError when there is none."""
    sector, small = (1 << min(shift, _LARGEST_SHIFT) for shift in struct.unpack_from("<HH", content, 30))
    if sector not in _SECTORS or small > sector:
        raise ValueError("no size of sectors")
    directory, cutoff, small_table = (struct.unpack_from("<I", content, place)[0] for place in (48, 56, 60))
    table = _allocation(content, sector)
    entries = _joined(content, sector, table, directory)
    _, container, _ = _entry(entries[:128])  # the first entry is the root, whose stream holds the short streams
    for place in range(0, len(entries), 128):
        name, start, size = _entry(entries[place : place + 128])
        if name in {"Workbook", "Book"} and size >= cutoff:
            return _joined(content, sector, table, start)[:size]
        if name in {"Workbook", "Book"}:
            inside = bytes(sector) + _joined(content, sector, table, container)  # short sectors have no header before them
            numbers = _joined(content, sector, table, small_table)
            short = list(struct.unpack(f"<{len(numbers) // 4}I", numbers))
            return _joined(inside[sector - small :], small, short, start)[:size]
    raise ValueError("no stream 'Workbook'")


def _entry(entry: bytes) -> tuple[str, int, int]:
    """Give name, first sector and size of a directory entry."""
    name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
    start, size = struct.unpack_from("<II", entry, 116)
    return name, start, size


def _joined(content: bytes, sector: int, table: list[int], start: int) -> bytes:
    return b"".join(_sector(content, sector, number) for number in _chain(table, start))


def _allocation(content: bytes, sector: int) -> list[int]:
    """Next sector of each sector, from the header's list and the chain that continues it."""
    numbers = [number for number in struct.unpack_from("<109I", content, 76) if number < _LAST_SECTOR]
    following = struct.unpack_from("<I", content, 68)[0]
    for _ in range(len(content) // sector):  # a damaged chain may lead back to its own beginning
        if following >= _LAST_SECTOR:
            break
        more = struct.unpack(f"<{sector // 4}I", _sector(content, sector, following))
        numbers += [number for number in more[:-1] if number < _LAST_SECTOR]
        following = more[-1]
    return [entry for number in numbers for entry in struct.unpack(f"<{sector // 4}I", _sector(content, sector, number))]


def _sector(content: bytes, sector: int, number: int) -> bytes:
    return content[(number + 1) * sector : (number + 2) * sector]


def _chain(table: list[int], number: int) -> Iterator[int]:
    for _ in table:
        if number >= len(table):
            return
        yield number
        number = table[number]
