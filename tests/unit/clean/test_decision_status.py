"""What becomes of a question and its answer from run to run."""

from __future__ import annotations

import pandas as pd
import pytest
from decided_case import answered

from evaltools.clean.ask_questions import CODE, DECISIONS, Question, no_decisions, questions_frame
from evaltools.clean.decision_status import APPLIED, CHANGED, NO_INITIALS, OPEN, WRONG, decision_status

ASKED = questions_frame([Question("Q1", CODE, "camden", "a.csv", "", "B2", "What?", ("x", "y"))])
NOTHING_ASKED = ASKED.iloc[:0]


@pytest.mark.parametrize(
    ("changes", "asked", "applied", "status"),
    [
        ({"decision": "", "initials": ""}, True, False, OPEN),
        ({}, True, True, APPLIED),
        ({}, False, True, APPLIED),  # an applied decision about a code takes its question away
        ({"initials": ""}, True, False, NO_INITIALS),
        ({"decision": "z"}, True, False, WRONG),
        ({}, False, False, CHANGED),
        ({"decision": "", "note": "asked Jo"}, False, False, CHANGED),
    ],
)
def test_status(changes: dict[str, str], asked: bool, applied: bool, status: str) -> None:
    before = answered(ASKED, **changes)
    rows = decision_status(before, ASKED if asked else NOTHING_ASKED, ["Q1"] if applied else [])
    assert rows["status"].tolist() == [status]
    assert rows[["decision", "initials", "note"]].equals(before[["decision", "initials", "note"]])


def test_a_new_question_is_open() -> None:
    rows = decision_status(no_decisions(), ASKED, [])
    assert rows[["id", "decision", "status"]].to_numpy().tolist() == [["Q1", "", OPEN]]


def test_a_question_that_nobody_touched_goes_when_it_is_asked_no_more() -> None:
    before = answered(ASKED, decision="", initials="")
    assert decision_status(before, NOTHING_ASKED, []).empty


def test_a_question_may_be_worded_anew() -> None:
    rows = decision_status(answered(ASKED), ASKED.assign(question="What now?", cells="B3"), ["Q1"])
    assert rows[["question", "cells", "decision"]].to_numpy().tolist() == [["What now?", "B3", "x"]]


def test_open_questions_come_first_and_the_same_again_is_the_same() -> None:
    more = pd.concat([ASKED.assign(id=f"Q{number}", file=f"{9 - number}.csv") for number in range(4)], ignore_index=True)
    before = answered(more, decision="", initials="")
    before.loc[[0, 3], ["decision", "initials"]] = ["x", "AB"]
    rows = decision_status(before, more, ["Q0"])
    assert rows["status"].tolist() == [OPEN, OPEN, CHANGED, APPLIED]
    assert decision_status(rows, more.iloc[::-1], ["Q0"]).equals(rows)
    assert list(rows.columns) == list(DECISIONS)
