from __future__ import annotations

from collections.abc import Callable

import pytest

from evaltools.clean.propose_layout import ProposedSheet, propose_sheet
from evaltools.clean.settle_columns import ColumnAnswer, answered_targets, settle_columns
from evaltools.clean.sheet import Sheet
from evaltools.errors import UsageError
from evaltools.schema.table import Schema


@pytest.fixture
def sheet(sheet_of: Callable[..., Sheet], schema: Schema) -> ProposedSheet:
    header = ["Client ID", "Date of referral", "Shoe size", "Job 1 start", "Job 2 start"]
    found = propose_sheet(sheet_of(header, ["AB1", "25/04/2021", "9", "25/05/2021", None]), schema)
    assert found is not None
    return found


def settled(sheet: ProposedSheet, accept: bool = False, **answers: str) -> dict[str, tuple[str, str]]:
    said = {header.replace("_", " "): ColumnAnswer(target) for header, target in answers.items()}
    return {one.column.header: (one.target, one.how) for one in settle_columns([sheet], said, accept)}


def test_what_is_sure_is_taken_and_what_is_not_stays_open(sheet: ProposedSheet) -> None:
    found = settled(sheet)
    assert found["Client ID"] == ("participant_id", "proposed")
    assert found["Shoe size"] == ("", "open")
    assert settled(sheet, accept=True)["Shoe size"] == ("", "left out")


def test_an_answer_comes_first_whatever_its_capitals(sheet: ProposedSheet) -> None:
    found = settled(sheet, shoe_SIZE="jobs.hours_per_week", Date_of_referral="")
    assert found["Shoe size"] == ("jobs.hours_per_week", "answered")
    assert found["Date of referral"] == ("", "answered")


def test_a_field_given_away_is_not_given_twice(sheet: ProposedSheet) -> None:
    found = settled(sheet, Shoe_size="enrolments.referral_date")
    assert found["Date of referral"] == ("", "open")


def test_an_answer_that_confirms_is_no_other_answer(sheet: ProposedSheet) -> None:
    assert settled(sheet, Client_ID="participant_id")["Client ID"] == ("participant_id", "proposed")


def test_a_repeated_column_cannot_feed_what_a_person_has_once(sheet: ProposedSheet) -> None:
    answer = {"Job {n} start": ColumnAnswer("enrolments.referral_date")}
    with pytest.raises(UsageError, match="U132"):
        settle_columns([sheet], answer, True)


def test_answers_name_fields_or_ignore(schema: Schema) -> None:
    said = {"a": "jobs.start_date", "b": "Ignore", "c": "jobs.participant_id", "d": "site_id"}
    assert answered_targets(said, schema, "a.yaml") == {
        "a": "jobs.start_date",
        "b": "",
        "c": "participant_id",
        "d": "site_id",
    }
    with pytest.raises(UsageError) as fault:
        answered_targets({"a": "jobs.start", "b": "nothing"}, schema, "a.yaml")
    assert [problem.code for problem in fault.value.problems] == ["U131", "U131"]
