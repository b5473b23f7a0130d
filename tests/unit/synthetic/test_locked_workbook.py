from __future__ import annotations

import struct
from pathlib import Path

import pytest
import python_calamine

from evaltools.synthetic.locked_workbook import locked_workbook


def test_a_reader_says_that_a_password_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(locked_workbook("locked.xlsx"))
    with pytest.raises(python_calamine.PasswordError):
        python_calamine.load_workbook(str(path))


def test_both_streams_are_named_in_the_directory() -> None:
    content = locked_workbook("a")
    assert {"EncryptionInfo", "EncryptedPackage"} == {
        content[at : at + length - 2].decode("utf-16-le")
        for at in (1024 + 128 - 512, 1024 + 256 - 512)
        if (length := struct.unpack_from("<H", content, at + 64)[0])
    }


def test_different_names_give_different_bytes() -> None:
    assert locked_workbook("a") == locked_workbook("a") != locked_workbook("b")
