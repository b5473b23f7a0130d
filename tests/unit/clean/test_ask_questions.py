"""Questions are known again on the next run, and only whole answers count."""

from __future__ import annotations

from decided_case import answered

from evaltools.clean.ask_questions import (
    CODE,
    DECISIONS,
    HEADER,
    Question,
    answers,
    no_decisions,
    question_id,
    questions_frame,
)

ONE = Question("Q1", CODE, "camden", "a.csv", "", "B2", "What?", ("x", "y"))


def test_the_same_question_has_the_same_id() -> None:
    assert question_id(b"k", CODE, ["a", "b"]) == question_id(b"k", CODE, ["a", "b"])


def test_any_difference_gives_another_id() -> None:
    ids = {
        question_id(key, kind, parts)
        for key in (b"k", b"l")
        for kind in (CODE, HEADER)
        for parts in (["a", "b"], ["ab"], ["a", "b", ""], ["b", "a"])
    }
    assert len(ids) == 16


def test_an_id_does_not_show_what_it_is_about() -> None:
    assert "camden" not in question_id(b"k", CODE, ["camden"])


def test_each_question_stands_once() -> None:
    frame = questions_frame([ONE, ONE])
    assert frame["id"].tolist() == ["Q1"]
    assert frame["options"].tolist() == ["x | y"]


def test_only_an_option_with_initials_is_an_answer() -> None:
    asked = questions_frame([ONE])
    assert answers(answered(asked)) == {"Q1": "x"}
    assert answers(answered(asked, initials="")) == {}
    assert answers(answered(asked, decision="z")) == {}
    assert answers(answered(asked, decision="")) == {}


def test_no_decisions_have_the_columns() -> None:
    assert list(no_decisions().columns) == list(DECISIONS)
