"""Tell the kind of a file by its content, never by its ending."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from evaltools.clean.read_archive import part_names
from evaltools.clean.read_encoding import tell_wide
from evaltools.clean.unreadable import DAMAGED, LOCKED, Unreadable

__all__ = ["FileKind", "tell_kind"]

_ENDINGS = {
    "xlsx": {"xlsx", "xlsm", "xltx", "xltm"},
    "xlsb": {"xlsb"},
    "xls": {"xls", "xlt"},
    "ods": {"ods", "ots"},
    "text": {"csv", "tsv", "txt", "tab", "psv", "dat"},
}
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = MappingProxyType(
    {
        b"%PDF": "it is a PDF, not a table; send the table that it was made from",
        b"\x1f\x8b": "it is compressed (gz); unpack it and send the file inside",
        b"BZh": "it is compressed (bz2); unpack it and send the file inside",
        b"\xfd7zXZ": "it is compressed (xz); unpack it and send the file inside",
        b"\x28\xb5\x2f\xfd": "it is compressed (zst); unpack it and send the file inside",
        b"7z\xbc\xaf": "it is a packed folder (7z); unpack it and send the files inside",
        b"Rar!": "it is a packed folder (rar); unpack it and send the files inside",
        b"PK\x05\x06": "it is an empty zip folder",
        b"\x89PNG": "it is a picture, not a table",
        b"\xff\xd8\xff": "it is a picture, not a table",
        b"{\\rtf": "it is a text document (rtf), not a table",
    }
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


@dataclass(frozen=True)
class FileKind:
    """kind: xlsx, xlsb, xls, ods, text, or empty when none of them, and then why. mislabelled: the ending says another."""

    kind: str
    why: str = ""
    mislabelled: bool = False


def tell_kind(name: str, content: bytes, encoding: str = "") -> FileKind:
    """Tell the kind of the file `name` with this content. encoding: declared by the layout, for text without a mark.

    >>> tell_kind("april.xls", b"Client ID,Sex")
    FileKind(kind='text', why='', mislabelled=True)
    """
    found = _by_content(content, encoding)
    ending = name.rpartition(".")[2].casefold()
    return FileKind(found.kind, found.why, bool(found.kind) and ending not in _ENDINGS[found.kind])


def _by_content(content: bytes, encoding: str) -> FileKind:
    if not content.strip():
        return FileKind("", "it is empty")
    if content.startswith(b"PK\x03\x04"):
        return _zip_kind(content)
    if content.startswith(_CFB):
        return _compound_kind(content)
    for mark, what in _OTHERS.items():
        if content.startswith(mark):
            return FileKind("", what)
    return _text_kind(content, encoding)


def _zip_kind(content: bytes) -> FileKind:
    try:
        names = part_names(content)
    except Unreadable as fault:
        return FileKind("", str(fault))
    if any(name.endswith("workbook.bin") for name in names):
        return FileKind("xlsb")
    if any(name.endswith("workbook.xml") for name in names):
        return FileKind("xlsx")
    if "content.xml" in names:
        return FileKind("ods")
    if any(name.casefold().endswith((".csv", ".xlsx", ".xls", ".tsv", ".txt", ".ods", ".xlsb")) for name in names):
        return FileKind("", "it is a zip folder with files in it; take them out and send them as they are")
    return FileKind("", "it is a zip folder or another document, not a workbook")


def _compound_kind(content: bytes) -> FileKind:
    if _wide("EncryptedPackage") in content:
        return FileKind("", LOCKED)
    if _wide("Workbook") in content or _wide("Book") in content:
        return FileKind("xls")
    if len(content) < 1536:
        return FileKind("", DAMAGED)
    return FileKind("", "it is an old Office document or cut short, not a workbook")


def _text_kind(content: bytes, encoding: str) -> FileKind:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower() if not encoding else b""
    if head.startswith((b"<html", b"<!doctype html", b"<table")):
        return FileKind("", "it is a web page saved as a table")
    if head.startswith(b"<?xml"):
        return FileKind("", "it is an XML document, not a workbook or a text table")
    if b"\0" in content and not content.startswith(_MARKS[1:]) and not encoding and not tell_wide(content):
        return FileKind("", "it is neither a workbook nor text; save it anew as a workbook or as 'CSV UTF-8' and send that")
    return FileKind("text")


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")
