"""Files with personal data are for their owner alone."""

from __future__ import annotations

from pathlib import Path

from evaltools.private_files import write_private_file


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = write_private_file(tmp_path / "private" / "a.xlsx", b"one")
    assert path.read_bytes() == b"one"
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert oct(path.parent.stat().st_mode)[-3:] == "700"


def test_the_same_bytes_are_left_alone_and_others_replace_them(tmp_path: Path) -> None:
    path = write_private_file(tmp_path / "private" / "a.xlsx", b"one")
    before = path.stat().st_ino
    assert write_private_file(path, b"one").stat().st_ino == before
    assert write_private_file(path, b"two").read_bytes() == b"two"
    assert [each.name for each in path.parent.iterdir()] == ["a.xlsx"]


def test_a_file_that_everybody_could_read_is_closed(tmp_path: Path) -> None:
    path = write_private_file(tmp_path / "private" / "a.xlsx", b"one")
    path.chmod(0o644)
    assert oct(write_private_file(path, b"one").stat().st_mode)[-3:] == "600"
