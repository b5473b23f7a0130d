from __future__ import annotations

import re
import zlib

import pytest

from evaltools.errors import ReportError
from evaltools.report import pdf

PAGE = (
    "<!DOCTYPE html><html lang='en-GB'><head><title>Work</title></head><body><h1>Work</h1><p>831 of 2,610</p></body></html>"
)
here = pytest.mark.skipif(not pdf.can_make_pdf(), reason="Pango is not on this machine: PDF tests are skipped")


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


@here
def test_a_page_becomes_a_tagged_pdf() -> None:
    content = pdf.pdf_bytes(PAGE)
    assert content.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, flags=re.S)
    inside = b"".join(_inflated(stream) for stream in streams)
    assert b"/StructTreeRoot" in content + inside
    assert b"/MarkInfo" in content + inside


@here
def test_the_same_page_gives_the_same_bytes() -> None:
    assert pdf.pdf_bytes(PAGE) == pdf.pdf_bytes(PAGE)


def test_without_pango_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    assert not pdf.can_make_pdf()
    with pytest.raises(ReportError, match="Pango") as caught:
        pdf.pdf_bytes(PAGE)
    assert caught.value.exit_code == 14


def test_nothing_outside_the_page_is_fetched() -> None:
    with pytest.raises(ReportError, match="outside itself"):
        pdf._nothing("https://example.org/x.png")
