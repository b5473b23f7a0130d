from __future__ import annotations

from datetime import datetime

from evaltools.clean.match_codes import match_code, match_map
from evaltools.schema.table import Schema


def test_the_codelists_words_are_matched_whole(schema: Schema) -> None:
    sex = schema.codelists["sex"]
    assert match_code("F", sex).value == "female"
    assert match_code("female", sex).rule == ""
    assert match_code("FEMALE", sex).value == "female"
    assert match_code("", sex).value is None
    unseen = match_code("Femal", sex)
    assert (unseen.value, unseen.code, unseen.detail) == ("unknown", "D107", "'Femal'")


def test_a_name_in_a_column_of_codes_is_not_quoted(schema: Schema) -> None:
    assert match_code("Jane Doe", schema.codelists["sex"]).detail == ""
    assert match_code("Kvina", schema.codelists["sex"], ["Kvinna"]).detail == "'Kvina'"


def test_without_a_code_for_unknown_the_entry_is_missing(schema: Schema) -> None:
    assert match_code("Pigeon", schema.codelists["contact_type"]).value is None
    assert match_code(datetime(2021, 4, 3), schema.codelists["contact_type"]).code == "D107"


def test_the_layouts_map_comes_first_and_may_say_missing() -> None:
    codes = {"01": "female", "n/a": ""}
    assert match_map("01", codes) is not None
    missing = match_map("N/A", codes)
    assert missing is not None
    assert (missing.value, missing.rule) == (None, "code")
    assert match_map("1", codes) is None
    assert match_map(datetime(2021, 4, 3), codes) is None
