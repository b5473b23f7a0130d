from __future__ import annotations

from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from evaltools.commands.compare import _value, compare
from evaltools.errors import UsageError


def _app() -> Typer:
    app = Typer()
    app.command()(compare)
    return app


def test_hidden_and_missing_numbers_are_told_apart() -> None:
    assert [_value(0.25, ""), _value(None, "not shown: fewer than 10"), _value(None, "not available")] == [
        "0.25",
        "\\[c]",
        "\\[x]",
    ]


def test_a_comparison_is_written_as_csv_or_json_only(tmp_path: Path) -> None:
    done = CliRunner().invoke(_app(), [str(tmp_path), str(tmp_path), "--to", "out.xlsx"])
    assert isinstance(done.exception, UsageError)
    assert "U122" in str(done.exception)


def test_a_study_without_deliveries_has_none_to_compare(perkins: Path) -> None:
    with pytest.raises(UsageError, match="U121"):
        CliRunner().invoke(_app(), [str(perkins)], catch_exceptions=False)
