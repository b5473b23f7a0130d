"""Decisions are read as people left them, or refused in words."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from decided_case import answered
from openpyxl import Workbook, load_workbook

from evaltools.clean.ask_questions import CODE, Question, questions_frame
from evaltools.clean.decision_sheet import COLUMNS, HEAD, SHEET, decision_sheet
from evaltools.clean.decision_status import decision_status
from evaltools.clean.read_decisions import parse_decisions, read_decisions
from evaltools.errors import StudyError

ASKED = questions_frame([Question("Q1", CODE, "camden", "a.csv", "", "B2", "What?", ("x", "y"))])
CONTENT = decision_sheet(decision_status(answered(ASKED, decision="", initials=""), ASKED, []))


def _bytes(book: Workbook) -> bytes:
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_answers_of_people_are_read_and_trimmed() -> None:
    book = load_workbook(io.BytesIO(CONTENT))
    headings = list(COLUMNS)
    for heading, text in (("Decision", " y "), ("Initials", "AB "), ("Note", 7)):
        book[SHEET].cell(HEAD + 1, headings.index(heading) + 1).value = text
    row = parse_decisions(_bytes(book)).iloc[0]
    assert (row["decision"], row["initials"], row["note"]) == ("y", "AB", "7")


def test_a_column_of_somebodys_own_and_moved_rows_do_no_harm() -> None:
    book = load_workbook(io.BytesIO(CONTENT))
    book[SHEET].insert_cols(3)
    book[SHEET].cell(HEAD, 3).value = "Mine"
    book[SHEET].insert_rows(1, 4)
    assert parse_decisions(_bytes(book)).equals(parse_decisions(CONTENT))


def test_without_a_file_there_are_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.xlsx").empty


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "decisions.xlsx").write_bytes(CONTENT)
    assert read_decisions(tmp_path / "decisions.xlsx")["id"].tolist() == ["Q1"]


def _other() -> bytes:
    return _bytes(Workbook())


def _headless() -> bytes:
    book = load_workbook(io.BytesIO(CONTENT))
    book[SHEET].cell(HEAD, 1).value = "Number"
    return _bytes(book)


@pytest.mark.parametrize("content", [b"", b"no workbook", CONTENT[:900], _other(), _headless()])
def test_what_is_no_decision_sheet_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(StudyError) as fault:
        parse_decisions(content)
    (problem,) = fault.value.problems
    assert (problem.code, problem.place) == ("S114", "decisions/decisions.xlsx")
