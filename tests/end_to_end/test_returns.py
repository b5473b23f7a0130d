"""`evaltools check` writes the workbooks that go back to the providers."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from small_study import write_study

ROOT = Path(__file__).parents[2]


def _check(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "evaltools", "check", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir()) if path.is_file()}


def test_check_writes_the_workbook_says_where_and_changes_nothing_else(tmp_path: Path) -> None:
    folder = write_study(tmp_path / "small")
    raw = _hashes(folder / "raw")
    done = _check(folder)
    assert done.returncode == 1, done.stderr
    assert "camden_to_fix.xlsx" in done.stdout
    assert "3 questions for you" in done.stdout
    assert len(list(tmp_path.rglob("camden_to_fix.xlsx"))) == 1
    assert _hashes(folder / "raw") == raw
    for shown in (done.stdout, done.stderr):
        assert "31/02/2021" not in shown, "an entered value is shown in the workbook alone"


@pytest.mark.slow
def test_the_six_workbooks_of_the_demo_open(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    subprocess.run([sys.executable, "-m", "evaltools", "init", str(folder)], check=True, capture_output=True, cwd=ROOT)
    raw = _hashes(folder / "raw")
    _check(folder)
    books = sorted(tmp_path.rglob("*_to_fix.xlsx"))
    assert [path.name.removesuffix("_to_fix.xlsx") for path in books] == [
        *("eastvale", "harrowdene", "millhaven", "northmere", "saltbrook", "wexcombe")
    ]
    for path in books:
        book = load_workbook(path)
        assert book.sheetnames[0] == "What to fix"
        assert any("Synthetic" in str(cell.value) for cell in book["What to fix"]["A"])
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")]
    assert _hashes(folder / "raw") == raw
