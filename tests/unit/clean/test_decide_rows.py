"""Rows settle with the decisions of people, and the questions are asked again on every run."""

from __future__ import annotations

import pandas as pd
from decided_case import KEY, answered, places, tables

from evaltools.clean.ask_questions import no_decisions
from evaltools.clean.decide_rows import DecidedRows, decide_rows
from evaltools.clean.settle_rows import settle_rows
from evaltools.schema.table import Schema


def _decide(schema: Schema, decisions: pd.DataFrame | None = None, sex: tuple[str, str] = ("female", "male")) -> DecidedRows:
    said = no_decisions() if decisions is None else decisions
    return decide_rows([tables(schema, sex)], schema, [True, True], places(), KEY, said)


def test_without_decisions_rows_settle_as_ever(schema: Schema) -> None:
    done = _decide(schema)
    plain = settle_rows(tables(schema), schema, [True, True])
    assert done.settled.tables["participants"].equals(plain.tables["participants"])
    assert done.settled.tables["participants"]["participant_id"].tolist() == ["P2", "P3"]
    assert not done.questions["applied"].any()
    assert len(done.questions) == 3


def test_a_decision_brings_the_person_back(schema: Schema) -> None:
    done = _decide(schema, answered(_decide(schema).questions))
    assert sorted(done.settled.tables["participants"]["participant_id"]) == ["P1", "P2", "P3"]
    assert done.questions["applied"].all()
    assert done.questions["id"].tolist() == _decide(schema).questions["id"].tolist()
    assert (done.settled.faults["code"] == "D111").sum() == 0


def test_a_decision_about_other_data_is_not_applied(schema: Schema) -> None:
    done = _decide(schema, answered(_decide(schema).questions), sex=("female", "other"))
    assert done.questions.loc[done.questions["kind"] == "contradicting rows", "applied"].tolist() == [False]
    assert "P1" not in done.settled.tables["participants"]["participant_id"].tolist()


def test_tables_are_handed_over(schema: Schema) -> None:
    handed_over = [tables(schema)]
    decide_rows(handed_over, schema, [True, True], places(), KEY, no_decisions())
    assert handed_over == []
