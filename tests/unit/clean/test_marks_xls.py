from __future__ import annotations

import struct

import pytest

from evaltools.clean.marks_xls import workbook_stream, xls_marks
from evaltools.clean.unreadable import Unreadable
from evaltools.synthetic.workbook_grid import ErrorCell, GridBook, GridSheet
from evaltools.synthetic.xls_bytes import xls_bytes

SHEET = GridSheet(
    "Clients",
    (("ID", "Hours"), ("A1", ErrorCell("#N/A")), ("A2", ErrorCell("#REF!")), ("A3", 16)),
    hidden_rows=frozenset({4}),
    hidden_columns=frozenset({1}),
)


def test_errors_and_hidden_parts_are_found() -> None:
    marks = xls_marks(xls_bytes(GridBook((GridSheet("First", (("x",),)), SHEET))))
    assert marks.sheets["First"].errors == {}
    assert marks.sheets["Clients"].errors == {(2, 1): "#N/A", (3, 1): "#REF!"}
    assert marks.sheets["Clients"].hidden == ("row 4", "column A")
    assert not marks.date_1904


def test_the_date_system_is_told() -> None:
    assert xls_marks(xls_bytes(GridBook((SHEET,), date1904=True))).date_1904


def test_a_damaged_container_is_an_error() -> None:
    with pytest.raises((ValueError, struct.error)):
        workbook_stream(xls_bytes(GridBook((SHEET,)))[:600])


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _short_stream(version: int, sheet: bytes) -> bytes:
    """A workbook counted from 1904 with one #N/A in B2 of one sheet, before the sheet's offset is known and then with it."""
    begin, end = _record(0x809, struct.pack("<HH", version, 5)), _record(0x0A, b"")
    error = _record(0x205, struct.pack("<HHHBB", 1, 1, 0, 0x2A, 1))
    for offset in (0, len(begin) + len(_record(0x22, b"\1\0")) + 4 + 6 + len(sheet) + len(end)):
        bound = _record(0x85, struct.pack("<IH", offset, 0) + sheet)
        book = begin + _record(0x22, b"\1\0") + bound + end
    return book + begin + error + end


def _small_file(stream: bytes) -> bytes:
    """A compound file, by hand, whose only stream is short: it stands in 64-byte sectors inside the root's own stream."""
    padded = stream.ljust(512, b"\0")
    short = [*range(1, len(padded) // 64), 0xFFFFFFFE]
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 2, 1, end, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *[free] * 108)
    sectors = struct.pack("<128I", table, end, end, end, *[free] * 124)

    def entry(name: str, kind: int, start: int, size: int) -> bytes:
        held = bytearray(128)
        text = name.encode("utf-16-le") + b"\0\0"
        held[: len(text)] = text
        struct.pack_into("<HB", held, 64, len(text) if name else 0, kind)
        struct.pack_into("<II", held, 116, start, size)
        return bytes(held)

    directory = entry("Root Entry", 5, 3, 512) + entry("Book", 2, 0, len(stream)) + entry("", 0, 0, 0) * 2
    return bytes(header) + sectors + directory + struct.pack("<128I", *short, *[free] * (128 - len(short))) + padded


@pytest.mark.parametrize(
    ("version", "sheet"), [(0x600, b"\7\0Clients"), (0x500, b"\7Clients")], ids=["since Excel 97", "before Excel 97"]
)
def test_a_very_small_workbook_keeps_its_errors_and_its_date_system(version: int, sheet: bytes) -> None:
    stream = _short_stream(version, sheet)
    assert len(stream) < 512
    assert workbook_stream(_small_file(stream)) == stream
    marks = xls_marks(_small_file(stream))
    assert marks.date_1904
    assert marks.sheets["Clients"].errors == {(2, 1): "#N/A"}


@pytest.mark.parametrize("shifts", [(30, 6), (9, 12), (0, 0), (65535, 6)])
def test_sectors_of_impossible_size_are_damage(shifts: tuple[int, int]) -> None:
    content = bytearray(xls_bytes(GridBook((SHEET,))))
    struct.pack_into("<HH", content, 30, *shifts)
    with pytest.raises(ValueError, match="no size of sectors"):
        workbook_stream(bytes(content))


def test_a_list_of_sectors_that_leads_back_to_its_own_beginning_ends() -> None:
    content = bytearray(xls_bytes(GridBook((SHEET,))))
    struct.pack_into("<I", content, 68, 0)  # the list goes on in sector 0 ...
    struct.pack_into("<I", content, 512 + 508, 0)  # ... which says that it goes on in sector 0
    with pytest.raises((struct.error, ValueError)):
        workbook_stream(bytes(content))


def test_a_workbook_with_a_password_is_locked_and_not_damaged() -> None:
    stream = _record(0x809, struct.pack("<HH", 0x600, 5)) + _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    with pytest.raises(Unreadable, match="protected with a password"):
        xls_marks(_small_file(stream))
