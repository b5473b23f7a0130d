"""Unknown headers and vanished columns: renamed, new, or gone."""

from __future__ import annotations

from evaltools.clean.ask_columns import GONE, IGNORE, NEW_COLUMN, Headers, ask_columns
from evaltools.clean.ask_questions import COLUMN, HEADER, Question
from evaltools.schema.layout import Layout

COLUMNS = {
    "Client ID": {"field": "participants.participant_id"},
    "Sex": {"field": "participants.sex", "optional": True},
}
LAYOUT = Layout.model_validate({"site": "camden", "files": ["a*"], "sheets": [{"columns": COLUMNS, "ignore": ["Notes*"]}]})


def _ask(*names: str) -> dict[str, Question]:
    headers = Headers("a.csv", "", names, LAYOUT, LAYOUT.sheets)
    return {f"{question.kind} {question.question.split(chr(39))[1]}": question for question in ask_columns([headers], b"k")}


def test_a_renamed_column_is_asked_about_from_both_ends() -> None:
    asked = _ask("Client ID", "Gender")
    assert set(asked) == {f"{HEADER} Gender", f"{COLUMN} Sex"}
    assert asked[f"{HEADER} Gender"].options == ("renamed: Sex", NEW_COLUMN, IGNORE)
    assert asked[f"{HEADER} Gender"].cells == "B1"
    assert asked[f"{COLUMN} Sex"].options == ("renamed: Gender", GONE)


def test_a_column_that_may_be_missing_is_not_asked_about_for_nothing() -> None:
    assert _ask("Client ID") == {}


def test_a_required_column_always_is() -> None:
    assert _ask("Sex")[f"{COLUMN} Client ID"].options == (GONE,)


def test_ignored_and_empty_headers_are_known() -> None:
    assert _ask("client id", "SEX", "Notes 2", "") == {}


def test_two_sheets_alike_ask_once() -> None:
    headers = Headers("a.csv", "", ("Client ID", "Gender"), LAYOUT, LAYOUT.sheets)
    assert len(ask_columns([headers, headers], b"k")) == 2
