"""The same content gives the same workbook, whenever it is made."""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook, load_workbook

from evaltools.clean.steady_archive import steady_archive


def _book(text: str, year: int) -> bytes:
    book = Workbook()
    book.active["A1"] = text
    held = io.BytesIO()
    book.save(held)
    changed = io.BytesIO()  # the same parts, stamped with another year
    with zipfile.ZipFile(held) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            part = before.read(name).replace(b"<dcterms:modified", b"<dcterms:modified")
            if name == "docProps/core.xml":
                part = part.replace(part[part.index(b"W3CDTF") :][8:12], str(year).encode())
            after.writestr(zipfile.ZipInfo(name, (year, 5, 4, 3, 2, 1)), part)
    return changed.getvalue()


def test_the_clock_does_not_show() -> None:
    assert _book("a", 1999) != _book("a", 2031)
    assert steady_archive(_book("a", 1999)) == steady_archive(_book("a", 2031))


def test_the_content_does_show() -> None:
    assert steady_archive(_book("a", 1999)) != steady_archive(_book("b", 1999))


def test_it_is_still_a_workbook() -> None:
    assert load_workbook(io.BytesIO(steady_archive(_book("kept", 1999)))).active["A1"].value == "kept"
