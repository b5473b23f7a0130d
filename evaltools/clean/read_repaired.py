"""Rewrite a workbook in memory where its reader would stumble: newer error values, parts in UTF-16, breaks in .ods cells."""

from __future__ import annotations

import codecs
import io
import re
import zipfile

from evaltools.clean.marks import ERROR_NAMES

__all__ = ["holds_wide_parts", "repaired", "sheet_text"]

_ERROR = re.compile(
    rb'(<(?:\w+:)?c\b[^>]*\bt=["\']e["\'][^>]*>(?:<(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?)?<(?:\w+:)?v>)([^<]*)'
)
_BREAK, _TAB = re.compile(rb"<text:line-break\s*/>"), re.compile(rb"<text:tab\s*/>")
_KNOWN = frozenset(name.encode() for name in ERROR_NAMES.values())
_DECLARED = re.compile(r"encoding=[\"'][^\"']*[\"']")


def sheet_text(xml: bytes) -> bytes:
    """Give a part's XML in UTF-8, whatever it is written in."""
    if not xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return xml
    return _DECLARED.sub('encoding="UTF-8"', xml.decode("utf-16"), count=1).encode()


def holds_wide_parts(content: bytes) -> bool:
    """Say whether any part is XML in UTF-16."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if part.filename.endswith(".xml"):
                with archive.open(part) as opened:
                    if opened.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                        return True
    return False


def repaired(content: bytes) -> bytes:
    """Give the same workbook in a form that its reader takes.

    Every error value that it does not know becomes '#VALUE!' (its word for these cells is not used: the marks hold what
    stands in them), parts are in UTF-8, and line breaks and tabs of .ods cells are letters.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.infolist():
            held = old.read(part)
            if part.filename == "content.xml":
                held = _BREAK.sub(b"\n", _TAB.sub(b"\t", held))
            elif part.filename.endswith((".xml", ".rels")):
                held = _ERROR.sub(_known, sheet_text(held))
            new.writestr(part.filename, held)
    return buffer.getvalue()


def _known(found: re.Match[bytes]) -> bytes:
    return found[1] + (found[2] if found[2] in _KNOWN else b"#VALUE!")
