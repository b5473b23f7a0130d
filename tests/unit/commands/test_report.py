from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Evaltools = Callable[..., int]


def test_report_without_a_study_says_what_to_do(
    tmp_path: Path, evaltools: Evaltools, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert evaltools("report") == 2
    assert "evaltools init" in capsys.readouterr().err


def test_an_unknown_report_format_ends_with_2(
    perkins: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaltools("report", str(perkins), "--to", "html,docx") == 2
    assert "no report format 'docx'" in capsys.readouterr().err


def test_without_pango_one_line_says_so_and_html_is_made(
    perkins: Path, evaltools: Evaltools, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("evaltools.commands.report._can_make_pdf", lambda: False)
    assert evaltools("report", str(perkins), "--to", "html,pdf") == 0
    assert "PDF is left out" in capsys.readouterr().err
    assert [path.name for path in (perkins / "reports" / perkins.name).glob("overview.*")] == ["overview.html"]
