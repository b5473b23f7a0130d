"""Decisions about codes and headers go into the layouts."""

from __future__ import annotations

import json

import pandas as pd

from evaltools.clean.ask_codes import LEAVE, NOTHING
from evaltools.clean.ask_columns import GONE, IGNORE
from evaltools.clean.ask_questions import CODE, COLUMN, DECISIONS, HEADER, SEPARATOR, no_decisions, question_id
from evaltools.clean.decided_layouts import decided_layouts, mark_decided
from evaltools.domain.harmonised import LEDGER
from evaltools.schema.layout import Column, Layout

KEY = b"key"
COLUMNS = {
    "Client ID": {"field": "participants.participant_id"},
    "Sex": {"field": "participants.sex", "codes": {"W": "female"}, "optional": True},
    "Referred": {"field": "enrolments.referral_date"},
}
REPEAT = {"table": "jobs", "times": 2, "columns": {"Left {n}": {"field": "jobs.end_reason"}}}
CAMDEN = Layout.model_validate({"site": "camden", "files": ["a*"], "sheets": [{"columns": COLUMNS, "repeats": [REPEAT]}]})
NORTH = CAMDEN.model_copy(update={"site": "north", "files": ("n*",)})


def _decision(kind: str, about: list[str], decision: str, **changes: str) -> dict[str, str]:
    text = json.dumps(about)
    said = {"id": question_id(KEY, kind, [text]), "kind": kind, "about": text, "decision": decision, "initials": "AB"}
    return dict.fromkeys(DECISIONS, "") | said | {"options": SEPARATOR.join([decision, "other"])} | changes


def _frame(*rows: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(DECISIONS)).astype(DECISIONS)


def _columns(*rows: dict[str, str]) -> dict[str, Column]:
    return decided_layouts([CAMDEN, NORTH], _frame(*rows), KEY).layouts[0].sheets[0].columns


WOMAN = _decision(CODE, ["camden", "participants", "sex", "wmn"], "female: Female")


def test_a_code_becomes_a_further_word_of_its_site_only() -> None:
    done = decided_layouts([CAMDEN, NORTH], _frame(WOMAN), KEY)
    assert done.layouts[0].sheets[0].columns["Sex"].codes == {"W": "female", "wmn": "female"}
    assert done.layouts[1] == NORTH
    assert done.codes == {WOMAN["id"]: ("camden", "participants", "sex", "wmn")}


def test_a_code_of_repeated_columns_too() -> None:
    row = _decision(CODE, ["camden", "jobs", "end_reason", "qt"], "resigned: Resigned")
    done = decided_layouts([CAMDEN], _frame(row), KEY)
    assert done.layouts[0].sheets[0].repeats[0].columns["Left {n}"].codes == {"qt": "resigned"}


def test_nothing_means_unknown_and_leaving_it_changes_nothing() -> None:
    about = ["camden", "participants", "sex", "wmn"]
    assert _columns(_decision(CODE, about, NOTHING))["Sex"].codes["wmn"] == ""
    assert _columns(_decision(CODE, about, LEAVE)) == CAMDEN.sheets[0].columns


def test_a_renamed_column_is_read_under_either_header() -> None:
    for row in (
        _decision(HEADER, ["camden", "*", "Gender"], "renamed: Sex"),
        _decision(COLUMN, ["camden", "*", "Sex"], "renamed: Gender"),
    ):
        columns = _columns(row)
        assert columns["Gender"] == columns["Sex"] == Column.model_validate(COLUMNS["Sex"])


def test_ignored_and_gone() -> None:
    done = decided_layouts([CAMDEN], _frame(_decision(HEADER, ["camden", "*", "Shoe size"], IGNORE)), KEY)
    assert done.layouts[0].sheets[0].ignore == ("Shoe size",)
    assert len(done.headers) == 1
    assert _columns(_decision(COLUMN, ["camden", "*", "Referred"], GONE))["Referred"].optional


def test_what_was_altered_or_not_signed_has_no_effect() -> None:
    other = json.dumps(["camden", "participants", "sex", "m"])
    for row in (WOMAN | {"about": other}, WOMAN | {"initials": ""}, WOMAN | {"decision": "whatever"}):
        assert _columns(row) == CAMDEN.sheets[0].columns
    gone = decided_layouts([NORTH], _frame(WOMAN), KEY)
    assert (gone.layouts, gone.codes) == ((NORTH,), {})
    assert decided_layouts([CAMDEN], no_decisions(), KEY).layouts == (CAMDEN,)


def test_the_ledger_says_decision_where_a_decision_met_an_entry() -> None:
    base = {
        "sheet": "",
        "column": "Sex",
        "table": "participants",
        "field": "sex",
        "rule": "code",
        "new": "female",
        "count": 1,
    }
    rows = [base | {"file": file, "raw": raw} for file, raw in [("a.csv", "WMN"), ("a.csv", "W"), ("n.csv", "Wmn")]]
    ledger = pd.DataFrame(rows, columns=list(LEDGER)).astype(LEDGER)
    codes = decided_layouts([CAMDEN, NORTH], _frame(WOMAN), KEY).codes
    marked, met = mark_decided(ledger, [CAMDEN, NORTH], codes)
    assert marked["rule"].tolist() == ["decision", "code", "code"]
    assert met == (WOMAN["id"],)
    assert mark_decided(ledger.iloc[1:], [CAMDEN, NORTH], codes)[1] == ()
