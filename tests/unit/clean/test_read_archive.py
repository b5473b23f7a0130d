from __future__ import annotations

import io
import zipfile

import pytest

from evaltools.clean.read_archive import check_directory, check_parts, part_names
from evaltools.clean.unreadable import DAMAGED, LOCKED, Unreadable


def _archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


SMALL = _archive({"a.xml": b"<a/>" * 100, "xl/media/image1.png": b"picture" * 100})


def test_the_directory_gives_names_and_the_size_once_unpacked() -> None:
    assert part_names(SMALL) == {"a.xml", "xl/media/image1.png"}
    assert check_directory(SMALL) == 1100


@pytest.mark.parametrize("content", [SMALL[:-30], b"PK\x03\x04 and nothing else"])
def test_an_archive_without_its_directory_is_damaged(content: bytes) -> None:
    for look in (part_names, check_directory, check_parts):
        with pytest.raises(Unreadable) as refused:
            look(content)
        assert str(refused.value) == DAMAGED


def test_a_part_that_holds_next_to_nothing_for_its_size_is_a_bomb() -> None:
    with pytest.raises(Unreadable, match="far too large once unpacked"):
        check_directory(_archive({"a.xml": bytes(60_000_000)}))


def test_what_is_large_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaltools.clean.read_archive.LARGEST_UNPACKED", 1099)
    with pytest.raises(Unreadable, match="as CSV files"):
        check_directory(SMALL)


def test_too_many_parts_are_not_even_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaltools.clean.read_archive.MOST_PARTS", 1)
    with pytest.raises(Unreadable, match="it is no workbook"):
        part_names(SMALL)


def test_an_encrypted_part_is_locked() -> None:
    place = SMALL.index(b"PK\x01\x02") + 8
    locked = SMALL[:place] + b"\x01" + SMALL[place + 1 :]
    with pytest.raises(Unreadable) as refused:
        check_directory(locked)
    assert str(refused.value) == LOCKED


def test_the_manifest_of_an_open_document_says_that_it_is_locked() -> None:
    with pytest.raises(Unreadable) as refused:
        check_parts(_archive({"META-INF/manifest.xml": b"<manifest:encryption-data/>", "content.xml": b"?"}))
    assert str(refused.value) == LOCKED


def _flipped(part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(SMALL)) as archive:
        place = archive.getinfo(part).header_offset + 30 + len(part) + 2
    return SMALL[:place] + bytes([SMALL[place] ^ 8]) + SMALL[place + 1 :]


def test_a_part_without_its_checksum_is_damaged_but_a_picture_does_not_matter() -> None:
    check_parts(SMALL)
    check_parts(_flipped("xl/media/image1.png"))
    with pytest.raises(Unreadable, match="damaged"):
        check_parts(_flipped("a.xml"))
