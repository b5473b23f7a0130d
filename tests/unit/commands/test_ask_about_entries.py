from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evaltools.commands.ask_about_entries import ask_about_entries
from evaltools.screen import out
from evaltools.study import read_study
from evaltools.verbs.map import ColumnAnswer, MappedFile, map_file, settle

CLIENTS = "Client ID,Sex,Date of referral\nAB001,F,03/04/2021\nAB002,Femm,05/04/2021\nAB003,Mann,06/07/2021\n"
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
    def prepare(*words: str) -> None:
        left = list(words)
        monkeypatch.setattr(out, "input", lambda *_, **__: left.pop(0))

    return prepare


def asked(mapped: MappedFile, said: dict[str, ColumnAnswer] | None = None) -> dict[str, ColumnAnswer]:
    answers = {"Sex": ColumnAnswer("participants.sex")} | (said or {})
    return ask_about_entries(mapped, settle(mapped, answers, accept=True))


def test_codes_and_days_are_asked_about_and_enter_changes_nothing(mapped: MappedFile, typed: Type) -> None:
    typed("", "", "")
    assert asked(mapped) == {}


def test_an_answer_goes_into_the_layout(mapped: MappedFile, typed: Type) -> None:
    typed("female", "", "m")
    found = asked(mapped)
    assert found["Sex"].codes == {"Femm": "female"}
    assert found["Date of referral"].dates == ("mm/dd/yyyy",)


def test_what_was_answered_already_is_not_asked(mapped: MappedFile, typed: Type) -> None:
    typed("male", "b")
    found = asked(mapped, {"Sex": ColumnAnswer("participants.sex", {"Femm": "female"})})
    assert found["Sex"].codes == {"Femm": "female", "Mann": "male"}
    assert found["Date of referral"].dates == ("dd/mm/yyyy", "mm/dd/yyyy")
