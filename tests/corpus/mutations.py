"""Ways in which a file goes wrong on its way: bytes flipped, cut and doubled, also inside the parts of a packed workbook,
and rows, columns and cells moved in a text table.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from types import MappingProxyType

from zip_bytes import zip_bytes

Mutation = tuple[str, float, float, int]
"""What is done, where (two shares of the length), and a byte."""


def mutated(content: bytes, steps: list[Mutation]) -> bytes:
    """The file after all steps. A step inside a packed workbook that can no longer be opened changes its bytes."""
    for name, first, second, byte in steps:
        content = (WAYS[name] if name in WAYS else _outside(name))(content, first, second, byte)
    return content


def _outside(name: str) -> Callable[[bytes, float, float, int], bytes]:
    return lambda content, first, second, byte: _inside(content, name.removeprefix("inside "), first, second, byte)


def _inside(content: bytes, name: str, first: float, second: float, byte: int) -> bytes:
    """Do a step to one part of a packed workbook, and pack it again with a true checksum."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part: archive.read(part) for part in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return WAYS[name](content, first, second, byte)
    names = sorted(parts, key=lambda part: ("sheet" not in part and "content" not in part, part))
    chosen = names[int(second * 97) % len(names)] if byte % 3 == 0 else names[0]
    parts[chosen] = WAYS[name](parts[chosen], first, second, byte)
    return zip_bytes(parts)


def _place(content: bytes, share: float) -> int:
    return min(int(share * len(content)), max(len(content) - 1, 0))


def _flip(content: bytes, first: float, second: float, byte: int) -> bytes:
    place = _place(content, first)
    return content[:place] + bytes([content[place] ^ (byte or 1)]) + content[place + 1 :] if content else content


def _cut(content: bytes, first: float, second: float, byte: int) -> bytes:
    return content[: _place(content, first)]


def _cut_out(content: bytes, first: float, second: float, byte: int) -> bytes:
    low, high = sorted((_place(content, first), _place(content, second)))
    return content[:low] + content[high:]


def _double(content: bytes, first: float, second: float, byte: int) -> bytes:
    low, high = sorted((_place(content, first), _place(content, second)))
    return content[:high] + content[low:high] + content[high:]


def _insert(content: bytes, first: float, second: float, byte: int) -> bytes:
    place = _place(content, first)
    return content[:place] + bytes([byte]) + content[place:]


def _lines(content: bytes) -> list[bytes]:
    return re.split(rb"(?<=\n)|(?<=</row>)|(?<=</table:table-row>)", content)


def _swap_lines(content: bytes, first: float, second: float, byte: int) -> bytes:
    lines = _lines(content)
    here, there = int(first * (len(lines) - 1)), int(second * (len(lines) - 1))
    lines[here], lines[there] = lines[there], lines[here]
    return b"".join(lines)


def _double_line(content: bytes, first: float, second: float, byte: int) -> bytes:
    lines = _lines(content)
    lines.insert(int(second * len(lines)), lines[int(first * (len(lines) - 1))])
    return b"".join(lines)


def _swap_cells(content: bytes, first: float, second: float, byte: int) -> bytes:
    cells = re.split(rb"([,;\t|\r\n]|</c>|</row>|</table:table-cell>)", content)
    here, there = 2 * int(first * (len(cells) // 2)), 2 * int(second * (len(cells) // 2))
    cells[here], cells[there] = cells[there], cells[here]
    return b"".join(cells)


def _insert_column(content: bytes, first: float, second: float, byte: int) -> bytes:
    delimiter = max(b",;\t|", key=lambda each: content.count(bytes([each])))
    lines = [line.split(bytes([delimiter])) for line in _lines(content)]
    place = int(first * (len(lines[0]) + 1))
    for line in lines:
        if len(line) > 1:
            line.insert(min(place, len(line) - 1), b"new" if byte % 2 else b"")
    return b"".join(bytes([delimiter]).join(line) for line in lines)


WAYS = MappingProxyType(
    {
        "flip": _flip,
        "cut": _cut,
        "cut out": _cut_out,
        "double": _double,
        "insert": _insert,
        "swap lines": _swap_lines,
        "double a line": _double_line,
        "swap cells": _swap_cells,
        "insert a column": _insert_column,
    }
)
NAMES = (*WAYS, *(f"inside {name}" for name in WAYS if name != "insert a column"))
