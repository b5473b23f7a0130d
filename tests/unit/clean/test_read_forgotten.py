from __future__ import annotations

from pathlib import Path

import pytest

from evaltools.clean.read_forgotten import FORGOTTEN, add_forgotten, read_forgotten
from evaltools.errors import StudyError

ONE, TWO = "P" + "0" * 16, "P" + "a" * 16


def test_pseudonyms_are_added_once_and_read_again(tmp_path: Path) -> None:
    decisions = tmp_path / "decisions"
    assert read_forgotten(decisions) == frozenset()
    add_forgotten(decisions, [TWO])
    add_forgotten(decisions, [ONE, TWO])
    assert read_forgotten(decisions) == {ONE, TWO}
    path = decisions / FORGOTTEN
    assert path.read_text() == f"pseudonym\n{ONE}\n{TWO}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.stat().st_mtime_ns
    add_forgotten(decisions, [ONE])
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("text", ["pseudonym\nJane Smith\n", f"{ONE}\n", f"pseudonym\n{ONE}x\n"])
def test_a_line_that_is_no_pseudonym_is_refused_without_being_shown(tmp_path: Path, text: str) -> None:
    (tmp_path / FORGOTTEN).write_text(text)
    with pytest.raises(StudyError, match="pseudonym") as fault:
        read_forgotten(tmp_path)
    assert "Jane" not in str(fault.value)


def test_a_file_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    (tmp_path / FORGOTTEN).write_bytes(f"\ufeffpseudonym\r\n{ONE},\r\n\r\n".encode())
    assert read_forgotten(tmp_path) == {ONE}
