from __future__ import annotations

import io
import zipfile

import pytest

from evaltools.clean.tell_kind import tell_kind
from evaltools.synthetic.locked_workbook import locked_workbook
from evaltools.synthetic.workbook_grid import GridBook, GridSheet
from evaltools.synthetic.xls_bytes import xls_bytes
from evaltools.synthetic.xlsx_bytes import xlsx_bytes

BOOK = GridBook((GridSheet("A", (("x",),)),))


@pytest.mark.parametrize(
    ("name", "content", "kind", "mislabelled"),
    [
        ("a.xlsx", xlsx_bytes(BOOK), "xlsx", False),
        ("a.XLSM", xlsx_bytes(BOOK), "xlsx", False),
        ("a.xls", xlsx_bytes(BOOK), "xlsx", True),
        ("a.xls", xls_bytes(BOOK), "xls", False),
        ("a.csv", xls_bytes(BOOK), "xls", True),
        ("a.xlsx", b"Client ID,Sex\n", "text", True),
        ("a", b"Client ID,Sex\n", "text", True),
        ("a.csv", "é;ü".encode("utf-16"), "text", False),
    ],
)
def test_content_tells_the_kind(name: str, content: bytes, kind: str, mislabelled: bool) -> None:
    found = tell_kind(name, content)
    assert (found.kind, found.mislabelled) == (kind, mislabelled)


def _archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\n \r\n", "empty"),
        (xlsx_bytes(BOOK)[:300], "cut short"),
        (_archive("word/document.xml"), "another document"),
        (locked_workbook("a"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cut short"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "old Office document"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08" + bytes(9), "compressed (gz); unpack it"),  # gzip
        (b"7z\xbc\xaf\x27\x1c", "packed folder (7z)"),
        (b"PK\x05\x06" + bytes(18), "empty zip folder"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"{\\rtf1 a}", "text document"),
        (_archive("april.csv", "may.csv"), "take them out"),
        (b"<html><table>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"a\0b\0c", "neither a workbook nor text"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, why: str) -> None:
    found = tell_kind("a.xlsx", content)
    assert found.kind == ""
    assert why in found.why


def test_a_declared_encoding_makes_it_text() -> None:
    assert tell_kind("a.csv", "a,b".encode("utf-16-le"), "utf-16-le").kind == "text"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_text(encoding: str) -> None:
    assert tell_kind("a.csv", "Client ID,Sex\n1,F\n".encode(encoding)).kind == "text"
