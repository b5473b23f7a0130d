"""An .xls workbook written as BIFF8 records (MS-XLS) in a compound file (MS-CFB). Cells are those of `xlsx_parts`."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from xlsx_parts import Cell, Day, Fault, Grid

ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
HIDDEN = {"": 0, "hidden": 1, "veryHidden": 2}


def xls(*sheets: Grid, date1904: bool = False, locked: bool = False) -> bytes:
    """The workbook. locked: with the record that says that all others are encrypted."""
    return compound({"Workbook": book_stream(*sheets, date1904=date1904, locked=locked)})


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def book_stream(*sheets: Grid, date1904: bool = False, locked: bool = False) -> bytes:
    pages = [_page(sheet) for sheet in sheets]
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0x0DBB, 0x07CC, 0, 6))
    if locked:  # RC4: a salt, a verifier and its hash follow
        begin += record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(range(48)))
    begin += record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", int(date1904)))
    for _ in range(4):
        begin += record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\5\0Arial")
    begin += record(0x41E, struct.pack("<H", 164) + _text("dd/mm/yyyy"))
    begin += record(0x41E, struct.pack("<H", 165) + _text("dd/mm/yyyy hh:mm"))
    for _ in range(15):
        begin += record(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    for number in (0, 164, 14, 165):
        begin += record(0xE0, struct.pack("<HHHBBBBIIH", 0, number, 1, 0x20, 0, 0, 4, 0, 0, 0x20C0))
    names = [struct.pack("<BB", HIDDEN[sheet.state], 0) + _short_text(sheet.name) for sheet in sheets]
    place = len(begin) + sum(8 + len(name) for name in names) + 4
    bound = b""
    for name, page in zip(names, pages, strict=True):
        bound += record(0x85, struct.pack("<I", place) + name)
        place += len(page)
    return begin + bound + record(0x0A) + b"".join(pages)


def _page(sheet: Grid) -> bytes:
    page = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    for column in sheet.hidden_columns:
        page += record(0x7D, struct.pack("<HHHHHH", column - 1, column - 1, 2000, 15, 1, 0))
    width = max(map(len, sheet.rows), default=0)
    page += record(0x200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0))
    for number, row in enumerate(sheet.rows):
        page += record(
            0x208, struct.pack("<HHHHHHI", number, 0, len(row), 255, 0, 0, 0x20 * (number + 1 in sheet.hidden_rows))
        )
        page += b"".join(_cells(number, row))
    for span in sheet.merged:
        first, last = (_place(corner) for corner in span.split(":"))
        page += record(0xE5, struct.pack("<HHHHH", 1, first[0], last[0], first[1], last[1]))
    return page + record(0x0A)


def _cells(row: int, cells: object) -> Iterator[bytes]:
    for column, cell in enumerate(cells):  # type: ignore[arg-type]
        if cell is not None:
            yield _cell(row, column, cell)


def _cell(row: int, column: int, cell: Cell) -> bytes:
    place = struct.pack("<HH", row, column)
    if isinstance(cell, Fault):
        return record(0x205, place + struct.pack("<HBB", 15, ERRORS[cell.text], 1))
    if isinstance(cell, bool):
        return record(0x205, place + struct.pack("<HBB", 15, int(cell), 0))
    if isinstance(cell, Day):
        return record(0x203, place + struct.pack("<Hd", 15 + cell.style, cell.serial))
    if isinstance(cell, str):
        return record(0x204, place + struct.pack("<H", 15) + _text(cell))
    return record(0x203, place + struct.pack("<Hd", 15, float(cell)))  # type: ignore[arg-type]


def _text(text: str) -> bytes:
    return struct.pack("<HB", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")


def _short_text(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")


def _place(corner: str) -> tuple[int, int]:
    letters = corner.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(corner[len(letters) :]) - 1, column - 1


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (version 3, sectors of 512 bytes) whose streams are all long: padded to 4096 bytes and more."""
    blocks, starts, sizes = b"", {}, {}
    chains: list[int] = []
    for name, stream in streams.items():
        padded = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
        starts[name], sizes[name] = len(chains), max(len(stream), 4096)
        count = len(padded) // 512
        chains += [*range(len(chains) + 1, len(chains) + count), END]
        blocks += padded
    entries = [_entry("Root Entry", 5, END, 0, 1)]
    names = list(streams)
    for number, name in enumerate(names, 1):
        entries.append(_entry(name, 2, starts[name], sizes[name], FREE, number + 1 if number < len(names) else FREE))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    directory_start = len(chains)
    count = len(directory) // 512
    chains += [*range(directory_start + 1, directory_start + count), END]
    tables = 1
    while tables * 128 < len(chains) + tables:
        tables += 1
    table_start = len(chains)
    chains += [TABLE] * tables
    table = struct.pack(f"<{tables * 128}I", *chains, *[FREE] * (tables * 128 - len(chains)))
    header = bytearray(512)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, tables, directory_start, 0, 4096, END, 0, END, 0, 0)
    struct.pack_into("<109I", header, 76, *range(table_start, table_start + tables), *[FREE] * (109 - tables))
    return bytes(header) + blocks + directory + table


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    entry = bytearray(128)
    text = name.encode("utf-16-le") + b"\0\0"
    entry[: len(text)] = text
    struct.pack_into("<HBBIII", entry, 64, len(text), kind, 1, FREE, right, child)
    struct.pack_into("<II", entry, 116, start, size)
    return bytes(entry)
