"""An .xlsb workbook written as binary records (MS-XLSB) in a zip. Cells are those of `xlsx_parts`."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from xls_records import ERRORS, HIDDEN
from xlsx_parts import DECLARED, PACKAGE, RELATIONS, Cell, Day, Fault, Grid
from zip_bytes import zip_bytes

KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"


def xlsb(*sheets: Grid, date1904: bool = False) -> bytes:
    numbers = range(1, len(sheets) + 1)
    bundle = b"".join(
        record(156, struct.pack("<II", HIDDEN[sheet.state], n) + text(f"rId{n}") + text(sheet.name))
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    book = (
        record(131)
        + record(153, struct.pack("<II", int(date1904), 0) + text(""))
        + record(143)
        + bundle
        + record(144)
        + record(132)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.bin"/>' for n in numbers
    )
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.bin" ContentType="application/vnd.ms-excel.worksheet"/>'
        for n in numbers
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'{DECLARED}<Types xmlns="{KINDS}"><Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{DECLARED}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f'{DECLARED}<Relationships xmlns="{PACKAGE}">{relations}'
        f'<Relationship Id="rId900" Type="{RELATIONS}/styles" Target="styles.bin"/></Relationships>',
        "xl/styles.bin": _styles(),
        **{f"xl/worksheets/sheet{n}.bin": _page(sheet) for n, sheet in zip(numbers, sheets, strict=True)},
    }
    return zip_bytes(parts)


def record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
    size, length = len(body), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + length + body


def text(held: str) -> bytes:
    wide = held.encode("utf-16-le")
    return struct.pack("<I", len(wide) // 2) + wide


def _styles() -> bytes:
    formats = record(44, struct.pack("<H", 164) + text("dd/mm/yyyy")) + record(
        44, struct.pack("<H", 165) + text("dd/mm/yyyy hh:mm")
    )
    used = b"".join(record(47, struct.pack("<HHHHHI", 0, number, 0, 0, 0, 0)) for number in (0, 164, 14, 165))
    return (
        record(278)
        + record(615, struct.pack("<I", 2))
        + formats
        + record(616)
        + record(617, struct.pack("<I", 4))
        + used
        + record(618)
        + record(279)
    )


def _page(sheet: Grid) -> bytes:
    width = max(map(len, sheet.rows), default=1)
    page = record(129) + record(148, struct.pack("<IIII", 0, max(len(sheet.rows) - 1, 0), 0, max(width - 1, 0)))
    if sheet.hidden_columns:
        columns = b"".join(record(60, struct.pack("<IIIIH", n - 1, n - 1, 2340, 0, 1)) for n in sheet.hidden_columns)
        page += record(390) + columns + record(391)
    page += record(145)
    for number, row in enumerate(sheet.rows):
        flags = 0x10 if number + 1 in sheet.hidden_rows else 0
        page += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))
        page += _cells(row)
    return page + record(146) + record(130)


def _cells(row: Sequence[Cell]) -> bytes:
    return b"".join(_cell(column, cell) for column, cell in enumerate(row) if cell is not None)


def _cell(column: int, cell: Cell) -> bytes:
    if isinstance(cell, Fault):
        return record(3, struct.pack("<II", column, 0) + bytes([ERRORS[cell.text]]))
    if isinstance(cell, bool):
        return record(4, struct.pack("<II", column, 0) + bytes([int(cell)]))
    if isinstance(cell, Day):
        return record(5, struct.pack("<IId", column, cell.style, cell.serial))
    if isinstance(cell, str):
        return record(6, struct.pack("<II", column, 0) + text(cell))
    return record(5, struct.pack("<IId", column, 0, float(cell)))  # type: ignore[arg-type]
