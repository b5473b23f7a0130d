from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evaltools.commands.ask_about_columns import ask_about, show_proposal
from evaltools.screen import out
from evaltools.study import read_study
from evaltools.verbs.map import MappedFile, map_file, settle

CLIENTS = (
    "Client ID,Date of birth,Date of referral,Shoe size\nAB001,25/03/1985,25/03/2021,9\nAB002,03/04/1990,03/04/2021,7\n"
)
Type = Callable[..., None]


@pytest.fixture
def mapped(perkins: Path) -> MappedFile:
    for path in (perkins / "sites").iterdir():
        path.unlink()
    path = perkins / "raw" / "camden_may.csv"
    path.write_text(CLIENTS, encoding="utf-8")
    study = read_study(str(perkins))
    return map_file(study, path, study.sites[0].id if study.sites else "camden")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Type these words, one at each question."""

    def prepare(*words: str) -> None:
        left = list(words)
        monkeypatch.setattr(out, "input", lambda *_, **__: left.pop(0))
        monkeypatch.setattr(out, "width", 100, raising=False)

    return prepare


def asked(mapped: MappedFile) -> dict[str, str]:
    unsure = [one for one in settle(mapped, {}, accept=False) if one.how == "open"]
    return {header: answer.target for header, answer in ask_about(mapped, unsure).items()}


def test_the_proposal_shows_fields_and_masked_entries(mapped: MappedFile, capsys: pytest.CaptureFixture[str]) -> None:
    show_proposal(mapped, settle(mapped, {}, accept=False))
    said = capsys.readouterr().out
    assert "2 records, headers in row 1" in said
    assert "enrolments.referral_date" in said
    assert "AA999" in said
    assert "AB001" not in said
    assert "25/03/1985" not in said


def test_a_number_i_or_a_field_is_an_answer_and_enter_never_takes_a_direct_identifier(
    mapped: MappedFile, typed: Type
) -> None:
    typed("", "jobs.hours_per_week")
    assert asked(mapped) == {"Date of birth": "", "Shoe size": "jobs.hours_per_week"}
    typed("1", "i")
    assert asked(mapped) == {"Date of birth": "participants.birth_year", "Shoe size": ""}


def test_a_word_that_is_no_field_is_asked_about_again(
    mapped: MappedFile, typed: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    typed("i", "jobs.hours", "9", "i")
    assert asked(mapped)["Shoe size"] == ""
    assert "there is no field 'jobs.hours'" in capsys.readouterr().out
