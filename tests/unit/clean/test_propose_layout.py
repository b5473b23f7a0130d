from __future__ import annotations

from collections.abc import Callable

from evaltools.clean.find_headers import HeaderPlace
from evaltools.clean.propose_layout import ProposedSheet, column_details, propose_at, propose_sheet, table_of
from evaltools.clean.sheet import Sheet
from evaltools.schema.table import Schema

Make = Callable[..., Sheet]
WIDE = ["Client ID", "Date of referral", "Job 1 start", "Job 1 hours", "Job 2 start", "Job 2 hours", "Appt 3"]
ROWS = [
    ["AB1", "03/04/2021", "04/05/2021", "16", "25/12/2021", "20", "13/05/2021"],
    ["AB2", "25/04/2021", "04/06/2021", "16", None, None, None],
]


def targets(found: ProposedSheet | None) -> dict[str, str]:
    assert found is not None
    return {one.header: one.proposal.target for one in found.columns}


def test_a_wide_sheet_is_proposed_with_its_repeats(sheet_of: Make, schema: Schema) -> None:
    found = propose_sheet(sheet_of(["Returns"], WIDE, *ROWS), schema)
    assert targets(found) == {
        "Client ID": "participant_id",
        "Date of referral": "enrolments.referral_date",
        "Job {n} start": "jobs.start_date",
        "Job {n} hours": "jobs.hours_per_week",
        "Appt 3": "enrolments.third_appointment_date",
    }
    assert found is not None
    assert (found.sheet, found.records, found.place.row) == ("Clients", 2, 2)
    start = found.columns[2]
    assert (start.times, start.positions, start.filled) == (2, (2, 4), 0.75)
    assert dict(found.columns[3].counts) == {"16": 2, "20": 1}


def test_columns_that_repeat_what_a_person_has_once_stay_apart(sheet_of: Make, schema: Schema) -> None:
    header = ["Client ID", "Date of referral", "Ethnicity 1", "Ethnicity 2"]
    found = propose_sheet(sheet_of(header, ["AB1", "03/04/2021", "Asian", "Black"]), schema)
    assert list(targets(found)) == header


def test_totals_and_blank_lines_are_no_records(sheet_of: Make, schema: Schema) -> None:
    found = propose_sheet(sheet_of(WIDE, *ROWS, [None], ["Total", None, None, "32"]), schema)
    assert found is not None
    assert found.records == 2


def test_a_header_that_stands_twice_is_left_to_a_person(sheet_of: Make, schema: Schema) -> None:
    found = propose_sheet(sheet_of(["Client ID", "Sex", "Sex"], ["AB1", "F", "M"]), schema)
    assert found is not None
    sex = next(one for one in found.columns if one.header == "Sex")
    assert (sex.proposal.sure, sex.positions) == ("unsure", (1,))
    assert "twice" in sex.proposal.why


def test_a_sheet_without_our_headers_is_not_proposed(sheet_of: Make, schema: Schema) -> None:
    assert propose_sheet(sheet_of(["Choices"], ["Yes"]), schema) is None


def test_headers_may_be_said_to_stand_somewhere(sheet_of: Make, schema: Schema) -> None:
    found = propose_at(sheet_of(WIDE, *ROWS), HeaderPlace(1, 1, 0.0), schema)
    assert found.columns[0].proposal.target == "participant_id"


def test_details_go_with_the_field(sheet_of: Make, schema: Schema) -> None:
    found = propose_sheet(sheet_of(["Client ID", "Date of referral", "Sex"], ["AB1", "25/04/2021", "Fm"]), schema)
    assert found is not None
    person, referred, sex = found.columns
    days = column_details(referred, "enrolments.referral_date", schema)
    assert days.notations is not None
    assert (days.notations.notations, days.codes, days.examples) == (("dd/mm/yyyy",), None, ("dd/mm/yyyy",))
    codes = column_details(sex, "participants.sex", schema).codes
    assert codes is not None
    assert [one.entry for one in codes.unseen] == ["Fm"]
    assert column_details(person, "", schema).examples == ("AA9",)


def test_shared_fields_stand_in_the_table_that_the_sheet_is_about(schema: Schema) -> None:
    assert table_of("participant_id", ["jobs", "jobs", "evidence"], schema) == "jobs"
    assert table_of("participant_id", ["jobs", "enrolments"], schema) == "participants"
    assert table_of("specialist_id", ["enrolments"], schema) == "enrolments"
    assert table_of("specialist_id", ["specialists"], schema) == "specialists"
    assert table_of("site_id", ["counts", "counts"], schema) == "counts"
    assert table_of("participant_id", [], schema) == "participants"
    assert table_of("participant_id", ["counts"], schema) == "participants"
