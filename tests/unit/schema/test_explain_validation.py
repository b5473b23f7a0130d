from __future__ import annotations

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.dataclasses import dataclass

from evaltools.schema.explain_validation import validation_problems


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Share:
    numerator: str
    test: str = "share"


class Column(BaseModel, extra="forbid"):
    field: str
    codes: dict[str, str] = {}


class Sheet(BaseModel, extra="forbid"):
    header_row: int = 1
    columns: dict[str, Column] = {}


class File(BaseModel, extra="forbid"):
    site: str
    sheets: tuple[Sheet, ...] = ()
    other: Sheet | None = None
    outcomes: tuple[Share, ...] = ()


def _problems(settings: object) -> list[tuple[str, str, str]]:
    with pytest.raises(ValidationError) as caught:
        File.model_validate(settings)
    found = validation_problems(caught.value, "L101", "north.yaml", File)
    assert {problem.code for problem in found} == {"L101"}
    return [(problem.what, problem.place, problem.fix) for problem in found]


@pytest.mark.parametrize(
    ("settings", "what", "place", "fix"),
    [
        ({"site": "n", "sheet": ()}, "unknown key 'sheet'", "sheet", "did you mean 'sheets'?"),
        ({"site": "n", "zzz": 1}, "unknown key 'zzz'", "zzz", "known keys are: other, outcomes, sheets, site"),
        # a suggestion is a key of that place, not of another
        ({"site": "n", "other": {"site": 1}}, "unknown key 'site'", "other.site", "known keys are: columns, header_row"),
        ({"site": "n", "other": {"header": 1}}, "unknown key 'header'", "other.header", "did you mean 'header_row'?"),
        (
            {"site": "n", "sheets": [{"columns": {"Client ID": {"field": "a.b", "code": {}}}}]},
            "unknown key 'code'",
            "sheets.0.columns.Client ID.code",
            "did you mean 'codes'?",
        ),
        (
            {"site": "n", "outcomes": [{"numerator": "a", "numeratr": "b"}]},
            "unknown key 'numeratr'",
            "outcomes.0.numeratr",
            "did you mean 'numerator'?",
        ),
        ({}, "the key 'site' is missing", "site", "add 'site'"),
        ({"site": "n", "outcomes": [{}]}, "the key 'numerator' is missing", "outcomes.0.numerator", "add 'numerator'"),
        ({"site": 3}, "'site' is not understood", "site", "give words in quotation marks; an id has lower-case letters, digits and '_' only"),  # noqa: E501
    ],
)  # fmt: skip
def test_each_fault_says_what_where_and_what_to_do(settings, what, place, fix):
    assert _problems(settings) == [(what, f"north.yaml, {place}", fix)]


def test_every_fault_is_told_at_once():
    assert len(_problems({"sheet": 1, "sheets": [{"header_row": "first"}], "outcomes": [{}]})) == 4


@pytest.mark.parametrize("settings", [None, "text", [1]])
def test_a_file_without_settings_is_said_to_hold_none(settings):
    assert _problems(settings) == [("the file holds no settings", "north.yaml", "correct it")]
