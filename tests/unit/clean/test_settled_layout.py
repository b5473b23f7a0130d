from __future__ import annotations

from collections.abc import Callable

import pytest

from evaltools.clean.propose_layout import ProposedSheet, propose_sheet
from evaltools.clean.settle_columns import ColumnAnswer, SettledColumn, settle_columns
from evaltools.clean.settled_layout import layout_comments, settled_fields, settled_layout
from evaltools.clean.sheet import Sheet
from evaltools.schema.table import Schema

HEADER = [
    "Client ID",
    "Date of referral",
    "Sex",
    "Job 1 start",
    "Job 1 hours",
    "Job 2 start",
    "Job 2 hours",
    "Job 3 start",
    "Notes",
]
ROW = ["AB1", "04/03/2021", "Fem ale", "25/05/2021", "16", None, None, None, "seen"]


@pytest.fixture
def sheet(sheet_of: Callable[..., Sheet], schema: Schema) -> ProposedSheet:
    found = propose_sheet(sheet_of(HEADER, ROW), schema)
    assert found is not None
    return found


def settle(sheet: ProposedSheet, **answers: ColumnAnswer) -> tuple[SettledColumn, ...]:
    return settle_columns([sheet], answers, True)


def test_columns_repeats_and_ignored_headers_become_a_layout(sheet: ProposedSheet, schema: Schema) -> None:
    (made,) = settled_layout("camden", ["a.xlsx"], [sheet], settle(sheet), schema).sheets
    assert made.columns["Client ID"].field == "participants.participant_id"
    assert made.columns["Date of referral"].dates == ("dd/mm/yyyy", "mm/dd/yyyy")  # nobody was there to ask
    (jobs,) = made.repeats
    assert (jobs.table, jobs.times) == ("jobs", 3)
    assert {name: column.optional for name, column in jobs.columns.items()} == {
        "Job {n} start": False,
        "Job {n} hours": True,
    }
    assert "Notes" in made.ignore


def test_a_repeated_column_that_is_not_read_is_ignored_each_time(sheet: ProposedSheet, schema: Schema) -> None:
    answers = {"Job {n} hours": ColumnAnswer("")}
    (made,) = settled_layout("camden", ["a.xlsx"], [sheet], settle(sheet, **answers), schema).sheets
    assert {"Job 1 hours", "Job 2 hours"} <= set(made.ignore)


def test_answers_bring_codes_and_notations(sheet: ProposedSheet, schema: Schema) -> None:
    answers = {
        "Sex": ColumnAnswer("participants.sex", {"Fem ale": "female"}),
        "Date of referral": ColumnAnswer("enrolments.referral_date", {}, ("mm/dd/yyyy",)),
    }
    (made,) = settled_layout("camden", ["a.xlsx"], [sheet], settle(sheet, **answers), schema).sheets
    assert made.columns["Sex"].codes == {"Fem ale": "female"}
    assert made.columns["Date of referral"].dates == ("mm/dd/yyyy",)


def test_the_comments_say_why_and_what_is_still_to_be_said(sheet: ProposedSheet, schema: Schema) -> None:
    said = layout_comments([sheet], settle(sheet), schema, ["heading"])
    referral = said.columns["Clients", "Date of referral"]
    assert referral[0].startswith("certain")
    assert "100% filled" in referral[0]
    assert "next:" in referral[0]
    assert any("cannot be told apart" in line for line in referral)
    assert any("'Fem ale' (1)" in line for line in said.columns["Clients", "Sex"])
    assert "free text" in said.columns["Clients", "Notes"][0]
    assert said.heading == ("heading",)


def test_many_unknown_entries_are_counted_and_not_quoted(sheet_of: Callable[..., Sheet], schema: Schema) -> None:
    rows = [[f"AB{number}", f"Person {number}"] for number in range(60)]
    found = propose_sheet(sheet_of(["Client ID", "Sex"], *rows), schema)
    assert found is not None
    settled = settle_columns([found], {"Sex": ColumnAnswer("participants.sex")}, True)
    lines = layout_comments([found], settled, schema, []).columns["Clients", "Sex"]
    assert any("60 more entries" in line for line in lines)
    assert not any("Person 1" in line for line in lines)


def test_shared_fields_are_given_their_table(sheet: ProposedSheet, schema: Schema) -> None:
    assert settled_fields(settle(sheet), schema)["Clients", "Client ID"] == "participants.participant_id"


def test_a_doubtful_letter_stays_unknown_until_somebody_answers(sheet_of: Callable[..., Sheet], schema: Schema) -> None:
    found = propose_sheet(sheet_of(["Client ID", "Ethnicity"], ["AB1", "A"], ["AB2", "J"]), schema)
    assert found is not None
    target = "participants.ethnicity"
    for codes, written in (({}, {"A": "unknown"}), ({"A": "white", "J": "asian"}, {"A": "white", "J": "asian"})):
        settled = settle_columns([found], {"Ethnicity": ColumnAnswer(target, codes)}, True)
        (made,) = settled_layout("camden", ["a.xlsx"], [found], settled, schema).sheets
        assert made.columns["Ethnicity"].codes == written
