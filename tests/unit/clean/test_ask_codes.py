"""An entry that nothing knows is asked about: another word for a code, a new code, or nothing."""

from __future__ import annotations

import json

import pandas as pd

from evaltools.clean.ask_codes import LEAVE, NEW_CODE, NOTHING, ask_codes, chosen_code
from evaltools.clean.ask_questions import Question
from evaltools.domain.harmonised import LEDGER
from evaltools.schema.layout import Layout
from evaltools.schema.table import Schema

KEY = b"key"
COLUMNS = {"Sex": {"field": "participants.sex", "codes": {"W": "female"}}, "Name": {"field": "participants.participant_id"}}
LAYOUT = Layout.model_validate({"site": "camden", "files": ["a*"], "sheets": [{"columns": COLUMNS}]})


def _ledger(*raws: str, rule: str = "code", new: str = "unknown") -> pd.DataFrame:
    rows = [
        {"file": "a.csv", "sheet": "", "column": "Sex", "cells": f"B{number}", "count": 1, "table": "participants"}
        | {"field": "sex", "rule": rule, "raw": raw, "new": new}
        for number, raw in enumerate(raws, 2)
    ]
    return pd.DataFrame(rows, columns=list(LEDGER)).astype(LEDGER)


def _ask(schema: Schema, ledger: pd.DataFrame) -> list[Question]:
    return ask_codes(ledger, [LAYOUT], schema, KEY)


def test_the_three_way_question(schema: Schema) -> None:
    (question,) = _ask(schema, _ledger("Wmn"))
    assert question.options[0].startswith("female: ")
    assert question.options[-3:] == (NOTHING, NEW_CODE, LEAVE)
    assert "'Wmn' stands in 1 cell of the column 'Sex'" in question.question
    assert json.loads(question.about) == ["camden", "participants", "sex", "wmn"]


def test_known_words_are_not_asked_about(schema: Schema) -> None:
    """Neither those of the layout nor those of the codelist, whatever the capitals."""
    assert _ask(schema, _ledger("w", "Unknown", "F")) == []


def test_what_another_rule_did_is_not_asked_about(schema: Schema) -> None:
    assert _ask(schema, _ledger("Wmn", rule="set aside")) == []
    assert _ask(schema, _ledger("Wmn", rule="decision")) == []
    assert _ask(schema, _ledger("Wmn", new="female")) == []


def test_capitals_make_no_second_question(schema: Schema) -> None:
    assert len(_ask(schema, _ledger("Wmn", "WMN", "Mmn"))) == 2


def test_chosen_code() -> None:
    assert [chosen_code(option) for option in ("female: Female", NOTHING)] == ["female", ""]
