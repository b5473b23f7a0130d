"""Entries that may stand for 'unknown' are asked about once for each site and column."""

from __future__ import annotations

import pandas as pd
from decided_case import KEY, places, tables

from evaltools.clean.ask_questions import Question
from evaltools.clean.ask_sentinels import REAL, UNKNOWN, ask_sentinels
from evaltools.schema.table import Schema


def _asked(schema: Schema, held: dict[str, pd.DataFrame] | None = None) -> dict[str, Question]:
    questions = ask_sentinels(held or tables(schema), places(), schema, KEY)
    return {str(question.rows["field"].iloc[0]): question for question in questions}


def test_a_day_and_a_number_are_asked_about(schema: Schema) -> None:
    asked = _asked(schema)
    assert set(asked) == {"first_contact_date", "months_out_of_work"}
    assert asked["first_contact_date"].question.startswith("1 cell holds 01/01/1900 in column 'first_contact_date'")
    assert asked["first_contact_date"].cells == "E12"
    assert asked["months_out_of_work"].cells == "D9, D12"
    assert asked["months_out_of_work"].options == (UNKNOWN, REAL)


def test_a_number_within_the_usual_ones_is_none(schema: Schema) -> None:
    held = tables(schema)
    held["enrolments"]["months_out_of_work"] = pd.array(
        [99, 99, 120, 3], dtype=held["enrolments"]["months_out_of_work"].dtype
    )
    assert "months_out_of_work" not in _asked(schema, held)


def test_a_single_number_is_none(schema: Schema) -> None:
    held = tables(schema)
    held["enrolments"]["months_out_of_work"] = pd.array([99, 1, 2, 3], dtype=held["enrolments"]["months_out_of_work"].dtype)
    assert "months_out_of_work" not in _asked(schema, held)


def test_the_question_stays_the_same_when_more_cells_come(schema: Schema) -> None:
    held = tables(schema)
    held["enrolments"] = held["enrolments"].assign(first_contact_date=pd.Timestamp("1900-01-01"))
    here, there = _asked(schema)["first_contact_date"], _asked(schema, held)["first_contact_date"]
    assert here.id == there.id
    assert there.cells == "E5, E9, E12:E13"
