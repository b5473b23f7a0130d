from __future__ import annotations

from pathlib import Path

from typer import Typer
from typer.testing import CliRunner

from evaltools.commands.forget import _identifiers, forget
from evaltools.errors import UsageError


def test_identifiers_come_from_a_file_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "who.txt"
    path.write_text("\ufeffNM-1\n\n  0042 \n", encoding="utf-8")
    assert _identifiers(path, named=False) == ["NM-1", "0042"]
    assert _identifiers(None, named=True) == []


def test_a_file_that_is_not_there_is_named(perkins: Path) -> None:
    app = Typer()
    app.command()(forget)
    done = CliRunner().invoke(app, [str(perkins), "--person-file", "nowhere.txt"])
    assert isinstance(done.exception, UsageError)
    assert "U125" in str(done.exception)


def test_there_is_no_argument_for_an_identifier(perkins: Path) -> None:
    app = Typer()
    app.command()(forget)
    done = CliRunner().invoke(app, [str(perkins), "NM-00417"])
    assert done.exit_code == 2
