from __future__ import annotations

import io
import zipfile

from evaltools.synthetic.zip_container import zip_bytes


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = {"b": b"2" * 500, "a": b"1"}
    assert zip_bytes(parts) == zip_bytes(dict(parts))


def test_parts_keep_their_order_and_carry_no_machine_or_clock() -> None:
    entries = zipfile.ZipFile(io.BytesIO(zip_bytes({"b": b"2" * 500, "a": b"1"}, stored_first="b"))).infolist()
    assert [(entry.filename, entry.date_time, entry.create_system) for entry in entries] == [
        ("b", (2019, 10, 1, 9, 0, 0), 0),
        ("a", (2019, 10, 1, 9, 0, 0), 0),
    ]
    assert [entry.compress_type for entry in entries] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]
