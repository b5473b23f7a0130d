"""The compound file container of old Office formats, as far as it is needed: a few streams in one flat directory."""

from __future__ import annotations

import struct
from collections.abc import Mapping

__all__ = ["compound_file"]

_SECTOR = 512
_SMALLEST = 4096  # shorter streams would live in a mini stream; they are padded instead
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Pack streams into a compound file (version 3, sectors of 512 bytes).

    Parameters
    ----------
    streams
        One to three streams by name; a stream under 4,096 bytes is padded with zeros.

    Returns
    -------
    bytes
        The file.

    Examples
    --------
    >>> compound_file({"Workbook": b""})[:4].hex()
    'd0cf11e0'
    """
    order = sorted(streams, key=lambda name: (len(name), name.upper()))
    contents = [streams[name].ljust(_SMALLEST, b"\0") for name in order]
    lengths = [-(-len(content) // _SECTOR) for content in contents]
    used = 1 + sum(lengths)  # the directory is sector 0
    fat_sectors = next(n for n in range(1, 110) if n * 128 >= used + n)
    starts = [1 + sum(lengths[:place]) for place in range(len(lengths))]
    fat = _chain(0, 1)
    for start, length in zip(starts, lengths, strict=True):
        fat += _chain(start, length)
    fat += [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    directory = _directory(order, starts, [len(content) for content in contents])
    body = b"".join(content.ljust(-(-len(content) // _SECTOR) * _SECTOR, b"\0") for content in contents)
    return _header(used, fat_sectors) + directory + body + struct.pack(f"<{len(fat)}I", *fat)


def _chain(start: int, length: int) -> list[int]:
    return [*range(start + 1, start + length), _END]


def _header(first_fat: int, fat_sectors: int) -> bytes:
    table = [*range(first_fat, first_fat + fat_sectors)]
    return struct.pack(
        "<8s16sHHHHH6xIIIIIIIII109I",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        fat_sectors,
        0,
        0,
        _SMALLEST,
        _END,
        0,
        _END,
        0,
        *table,
        *[_FREE] * (109 - fat_sectors),
    )


def _directory(names: list[str], starts: list[int], sizes: list[int]) -> bytes:
    entries = [_entry("Root Entry", 5, (_NONE, _NONE, 1), _END, 0)]
    for place, (name, start, size) in enumerate(zip(names, starts, sizes, strict=True), 1):
        right = place + 1 if place < len(names) else _NONE
        entries.append(_entry(name, 2, (_NONE, right, _NONE), start, size))
    entries += [_entry("", 0, (_NONE, _NONE, _NONE), 0, 0)] * (4 - len(entries))
    return b"".join(entries)


def _entry(name: str, kind: int, links: tuple[int, int, int], start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return struct.pack("<64sHBBIII16x4x16xIQ", text, length, kind, 1, *links, start, size)
