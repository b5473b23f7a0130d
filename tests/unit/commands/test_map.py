from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Evaltools = Callable[..., int]
CLIENTS = "Client ID,Sex,Date of referral,Shoe size\nAB001,F,25/03/2021,9\nAB002,M,03/04/2021,7\n"


@pytest.fixture
def file(perkins: Path) -> Path:
    for path in (perkins / "sites").iterdir():
        path.unlink()
    study = perkins / "study.toml"
    lines = study.read_text(encoding="utf-8").split("[[sites]]")
    study.write_text(lines[0] + '[[sites]]\nid = "camden"\nname = "Camden"\n' + _rest(lines), encoding="utf-8")
    path = perkins / "raw" / "camden_may.csv"
    path.write_text(CLIENTS, encoding="utf-8")
    return path


def _rest(parts: list[str]) -> str:
    last = parts[-1]
    return last[last.index("\n[") :] if len(parts) > 1 and "\n[" in last else ""


def test_yes_takes_what_is_sure_and_says_the_next_command(
    file: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaltools("map", str(file), "--study", str(file.parents[1]), "--yes") == 0
    said = capsys.readouterr().out
    assert "enrolments.referral_date" in said
    assert "--site camden" in said
    assert "AB001" not in said
    assert "25/03/2021" not in said
    text = (file.parents[1] / "sites" / "camden.yaml").read_text(encoding="utf-8")
    assert '- "Shoe size"' in text


def test_without_a_terminal_somebody_must_answer(
    file: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaltools("map", str(file), "--study", str(file.parents[1])) == 2
    said = capsys.readouterr().err
    assert "U136" in said
    assert "Shoe size" in said
    assert "--answers" in said
    assert not (file.parents[1] / "sites" / "camden.yaml").exists()


def test_a_file_of_answers_settles_what_is_unsure(file: Path, evaltools: Evaltools, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"shoe size": "ignore"}', encoding="utf-8")
    assert evaltools("map", str(file), "--study", str(file.parents[1]), "--answers", str(answers)) == 0
    assert "you said so" in (file.parents[1] / "sites" / "camden.yaml").read_text(encoding="utf-8")


def test_a_layout_is_not_written_over(file: Path, evaltools: Evaltools, capsys: pytest.CaptureFixture[str]) -> None:
    layout = file.parents[1] / "sites" / "camden.yaml"
    words = ("map", str(file), "--study", str(file.parents[1]), "--yes")
    assert evaltools(*words) == 0
    layout.write_text(layout.read_text(encoding="utf-8").replace('"Sex"', '"Gender"'), encoding="utf-8")
    before = layout.read_bytes()
    assert evaltools(*words) == 2
    said = capsys.readouterr().err
    assert "U135" in said
    assert "The column 'Gender' is missing. Perhaps it is now called 'Sex'." in said
    assert layout.read_bytes() == before
    assert evaltools(*words, "--force") == 0
    assert layout.read_bytes() != before


def test_a_file_elsewhere_is_to_be_put_into_raw(
    file: Path, evaltools: Evaltools, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "camden_june.csv"
    other.write_text(CLIENTS, encoding="utf-8")
    assert evaltools("map", str(other), "--study", str(file.parents[1]), "--yes") == 0
    assert "put camden_june.csv into" in capsys.readouterr().out
