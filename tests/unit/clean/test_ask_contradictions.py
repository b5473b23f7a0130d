"""Contradicting rows are asked about by what they say, not by where they stand."""

from __future__ import annotations

import numpy as np
import pandas as pd
from decided_case import KEY, places, tables

from evaltools.clean.ask_contradictions import NONE, ask_contradictions
from evaltools.clean.ask_questions import Question
from evaltools.clean.assemble_tables import Records
from evaltools.clean.explain_rows import Places
from evaltools.clean.settle_rows import settle_rows
from evaltools.schema.table import Schema


def _ask(schema: Schema, held: dict[str, pd.DataFrame], at: Places | None = None) -> list[Question]:
    settled = settle_rows(held, schema, [True, True])
    return ask_contradictions(settled.argued, settled.faults, at or places(), schema, KEY)


def test_one_question_with_an_option_for_each_version(schema: Schema) -> None:
    (question,) = _ask(schema, tables(schema))
    assert {option[3:-1] for option in question.options[:-1]} == {"Sex: female", "Sex: male"}
    assert question.options[-1] == NONE
    assert (question.file, question.sheet, question.cells, question.site) == ("camden.xlsx", "Clients", "A5, A9", "camden")
    assert "differ in: Sex" in question.question
    assert "row 5" in question.question


def test_no_identifier_is_shown(schema: Schema) -> None:
    (question,) = _ask(schema, tables(schema))
    assert "P1" not in question.question + question.about + "".join(question.options)


def test_rows_that_move_keep_their_question(schema: Schema) -> None:
    moved = Places(places().sheets, places().parts, Records.of([np.array([50, 90, 120, 130])]))
    here, there = _ask(schema, tables(schema))[0], _ask(schema, tables(schema), moved)[0]
    assert (here.id, here.options) == (there.id, there.options)
    assert here.question != there.question


def test_rows_that_change_are_asked_about_anew(schema: Schema) -> None:
    assert _ask(schema, tables(schema))[0].id != _ask(schema, tables(schema, ("female", "other")))[0].id


def test_rows_that_agree_are_not_asked_about(schema: Schema) -> None:
    assert _ask(schema, tables(schema, ("female", "female"))) == []


def test_two_referrals_on_one_day_may_differ_in_the_age_alone(schema: Schema) -> None:
    held = tables(schema, ("female", "female"))
    held["enrolments"] = held["enrolments"].assign(
        enrolment_id=pd.array(["E1", "E1", "E3", "E4"], dtype="string"),
        referral_date=held["enrolments"]["referral_date"].iloc[[0, 0, 2, 3]].array,
        first_contact_date=pd.NaT,
        months_out_of_work=pd.array([1] * 4, dtype=held["enrolments"]["months_out_of_work"].dtype),
    )
    held["participants"]["age_at_referral"] = pd.array([30, 31, 40, 50], dtype="Int64")
    (question,) = _ask(schema, held)
    assert "Age at referral: 30" in "".join(question.options)
