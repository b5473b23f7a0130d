from __future__ import annotations

import struct

import pytest

from evaltools.synthetic.compound_file import compound_file


def streams_of(content: bytes) -> dict[str, bytes]:
    """Follow the chains of a compound file, by hand."""
    fat_sectors, directory, fat_at = (struct.unpack_from("<I", content, place)[0] for place in (44, 48, 76))
    fat = struct.unpack_from(f"<{fat_sectors * 128}I", content, 512 + fat_at * 512)
    found = {}
    for number in range(1, 4):
        entry = content[512 + directory * 512 + number * 128 :][:128]
        length, start, size = struct.unpack_from("<H", entry, 64)[0], *struct.unpack_from("<IQ", entry, 116)
        parts = []
        while length and start != 0xFFFFFFFE:
            parts.append(content[512 + start * 512 :][:512])
            start = fat[start]
        if length:
            found[entry[: length - 2].decode("utf-16-le")] = b"".join(parts)[:size]
    return found


@pytest.mark.parametrize("size", [1, 4096, 5000, 70_000])
def test_streams_come_back_padded_to_the_smallest_size(size: int) -> None:
    content = compound_file({"Workbook": b"x" * size, "Other": b"y"})
    assert len(content) % 512 == 0
    assert {"Other": b"y".ljust(4096, b"\0"), "Workbook": (b"x" * size).ljust(4096, b"\0")} == streams_of(content)
