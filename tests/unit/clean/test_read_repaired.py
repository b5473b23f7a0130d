from __future__ import annotations

import io
import zipfile

from evaltools.clean.read_repaired import holds_wide_parts, repaired, sheet_text

SHEET = (
    '<c r="A1" t="e"><v>#SPILL!</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="str"><v>#CALC!</v></c>'
    '<x:c r="D1" s="2" t="e"><x:f>A1#</x:f><x:v>#CALC!</x:v></x:c>'
)
DECLARED = '<?xml version="1.0" encoding="UTF-16"?>'


def _archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


def _part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(repaired(content))) as archive:
        return archive.read(name).decode()


def test_only_unknown_error_values_are_written_anew() -> None:
    assert _part(_archive(a_xml=SHEET.encode()), "a.xml") == (
        '<c r="A1" t="e"><v>#VALUE!</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="str"><v>#CALC!</v></c>'
        '<x:c r="D1" s="2" t="e"><x:f>A1#</x:f><x:v>#VALUE!</x:v></x:c>'
    )


def test_parts_in_utf16_become_utf8() -> None:
    wide = (DECLARED + "<a>é</a>").encode("utf-16")
    assert sheet_text(wide).decode() == '<?xml version="1.0" encoding="UTF-8"?><a>é</a>'
    assert sheet_text(b"<a/>") == b"<a/>"
    assert holds_wide_parts(_archive(a_xml=wide))
    assert not holds_wide_parts(_archive(a_xml=b"<a/>", b_bin=wide))
    assert "é" in _part(_archive(a_xml=wide), "a.xml")


def test_breaks_and_tabs_of_an_open_document_stay() -> None:
    text = b"<text:p>a<text:line-break/>b<text:tab />c</text:p>"
    assert _part(_archive(content_xml=text), "content.xml") == "<text:p>a\nb\tc</text:p>"


def test_other_parts_stay_as_they_are() -> None:
    assert _part(_archive(a_bin=SHEET.encode()), "a.bin") == SHEET
