from __future__ import annotations

from pathlib import Path

import pytest

from evaltools.clean.read_file import read_file
from evaltools.synthetic.workbook_grid import GridBook, GridSheet
from evaltools.synthetic.xlsx_bytes import xlsx_bytes


def test_a_text_file_is_one_sheet_without_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a;b\n1;2\n")
    raw = read_file(tmp_path / "a.csv", "sub/a.csv")
    assert [(sheet.file, sheet.name) for sheet in raw.sheets] == [("sub/a.csv", "")]
    assert (raw.refused, raw.mislabelled, raw.note) == ("", False, "text, UTF-8, semicolon")


def test_a_mislabelled_workbook_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(xlsx_bytes(GridBook((GridSheet("A", (("x",),)),), date1904=True)))
    raw = read_file(tmp_path / "a.csv", "a.csv")
    assert raw.mislabelled
    assert raw.note == "xlsx, days counted from 1904"


def test_refusals_do_not_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "quote.csv").write_bytes(b'a,b\n"x')
    assert read_file(tmp_path / "empty.csv", "empty.csv").refused == "it is empty"
    assert "quotation" in read_file(tmp_path / "quote.csv", "quote.csv").refused
    assert read_file(tmp_path / "gone.csv", "gone.csv").refused == "it cannot be opened"


def test_a_file_that_is_far_too_large_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,b\n")
    monkeypatch.setattr("evaltools.clean.read_file.LARGEST_TEXT", 3)
    assert read_file(tmp_path / "a.csv", "a.csv").refused == "it is far too large; send it in several smaller files"
