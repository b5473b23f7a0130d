"""What people decided is applied and ledgered; what is not a whole answer is not."""

from __future__ import annotations

import pytest
from decided_case import KEY, answered, places, tables

from evaltools.clean.apply_decisions import DECIDED, Applied, apply_decisions
from evaltools.clean.ask_contradictions import NONE, ask_contradictions
from evaltools.clean.ask_questions import Question, questions_frame
from evaltools.clean.ask_sentinels import REAL, ask_sentinels
from evaltools.clean.settle_rows import settle_rows
from evaltools.schema.table import Schema


def _questions(schema: Schema) -> list[Question]:
    held = tables(schema)
    faults = settle_rows(held, schema, [True, True]).faults
    return [*ask_contradictions(held, faults, places(), schema, KEY), *ask_sentinels(held, places(), schema, KEY)]


def _apply(schema: Schema, **changes: str) -> Applied:
    asked = _questions(schema)
    return apply_decisions(tables(schema), asked, answered(questions_frame(asked), **changes), places())


def test_a_sentinel_becomes_unknown_and_nothing_else_does(schema: Schema) -> None:
    done, before = _apply(schema).tables["enrolments"], tables(schema)["enrolments"]
    assert done["first_contact_date"].isna().tolist() == [False, False, True, False]
    assert done["months_out_of_work"].isna().tolist() == [False, True, True, False]
    assert done["referral_date"].equals(before["referral_date"])


def test_the_row_that_was_decided_to_be_wrong_is_set_aside(schema: Schema) -> None:
    done = _apply(schema)
    people = done.tables["participants"]
    chosen = next(question.options[0] for question in _questions(schema) if NONE in question.options)
    assert people["sex"].tolist()[0] == chosen[:-1].rpartition(": ")[2]
    assert len(people) == 3
    assert done.faults["code"].tolist() == [DECIDED]
    assert len(done.tables["enrolments"]) == 4, "what else the record holds stays"


def test_everything_is_in_the_ledger_as_a_decision(schema: Schema) -> None:
    rows = [row for frame in _apply(schema).ledger for row in frame.to_dict("records")]
    assert {row["rule"] for row in rows} == {"decision"}
    by_field = {row["field"]: row for row in rows}
    assert (by_field["first_contact_date"]["cells"], by_field["first_contact_date"]["raw"]) == ("E12", "1900-01-01")
    assert (by_field["months_out_of_work"]["cells"], by_field["months_out_of_work"]["count"]) == ("D9, D12", 2)
    assert by_field[""]["new"] in ("row 5 of camden.xlsx, Clients", "row 9 of camden.xlsx, Clients")


@pytest.mark.parametrize("changes", [{"initials": ""}, {"decision": "something else"}, {"decision": ""}])
def test_what_is_no_whole_answer_is_not_applied(schema: Schema, changes: dict[str, str]) -> None:
    done = _apply(schema, **changes)
    assert (done.ids, done.ledger) == ((), ())
    assert all(done.tables[name].equals(frame) for name, frame in tables(schema).items())


@pytest.mark.parametrize("decision", [NONE, REAL])
def test_leaving_things_as_they_are_is_an_answer_too(schema: Schema, decision: str) -> None:
    done = _apply(schema, decision=decision)
    assert done.ids
    assert done.ledger == ()


def test_the_tables_given_are_left_alone(schema: Schema) -> None:
    held, asked = tables(schema), _questions(schema)
    apply_decisions(held, asked, answered(questions_frame(asked)), places())
    assert all(held[name].equals(frame) for name, frame in tables(schema).items())
