"""Judge a zipped workbook by its directory before anything in it is unpacked, and its parts by their checksums."""

from __future__ import annotations

import io
import zipfile
import zlib

from evaltools.clean.unreadable import DAMAGED, LOCKED, Unreadable

__all__ = ["check_directory", "check_parts", "part_names"]

LARGEST_UNPACKED = 1_000_000_000  # bytes of all parts
MOST_PARTS = 20_000
_DIRECTORY_ENTRY = b"PK\x01\x02"
_LARGE, _RATIO = 50_000_000, 400  # a part this large that was packed this tightly holds next to nothing
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_MEDIA = ("/media/", "/embeddings/", "/printerSettings/", "Thumbnails/", "Pictures/")
_TOO_LARGE = "it is far too large once unpacked; delete what stands beyond the table, or send its sheets as CSV files"


def part_names(content: bytes) -> frozenset[str]:
    """Give the names of the parts. Only the directory is looked at. Raises Unreadable where there is none."""
    if content.count(_DIRECTORY_ENTRY) > MOST_PARTS:
        raise Unreadable(f"it holds more than {MOST_PARTS:,} parts: it is no workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (*_BROKEN, NotImplementedError) as fault:
        raise Unreadable(DAMAGED) from fault


def check_directory(content: bytes) -> int:
    """Refuse a workbook that says itself that it is huge once unpacked, or a zip bomb; give its unpacked size in bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (*_BROKEN, NotImplementedError) as fault:
        raise Unreadable(DAMAGED) from fault
    unpacked = sum(part.file_size for part in parts)
    bombs = any(part.file_size > max(_LARGE, _RATIO * part.compress_size) for part in parts)
    if bombs or unpacked > LARGEST_UNPACKED:
        raise Unreadable(_TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(LOCKED)
    return unpacked


def check_parts(content: bytes) -> None:
    """Refuse a workbook a part of which does not have its checksum, or that is encrypted; pictures are not looked at."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise Unreadable(LOCKED)
            for part in archive.infolist():
                if not any(folder in part.filename for folder in _MEDIA):
                    with archive.open(part) as opened:
                        while opened.read(1 << 20):
                            pass
    except _BROKEN as fault:
        raise Unreadable(DAMAGED) from fault
