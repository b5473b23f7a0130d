from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.clean.propose_columns import ColumnCells, Proposal, propose_columns
from evaltools.schema.table import Schema

DAYS = ("03/04/2021", "25/12/2021")


def proposed(schema: Schema, *columns: tuple[str, tuple[str, ...]]) -> list[Proposal]:
    return list(propose_columns([ColumnCells(header, cells) for header, cells in columns], schema))


def test_a_known_header_with_fitting_entries_is_certain(schema: Schema) -> None:
    (one,) = proposed(schema, ("Date referred", DAYS))
    assert (one.target, one.sure) == ("enrolments.referral_date", "certain")
    assert "100%" in one.why
    assert one.target not in [key for key, _ in one.runners]


def test_a_known_header_with_other_entries_is_asked_about(schema: Schema) -> None:
    (one,) = proposed(schema, ("Date referred", ("CMHT", "GP")))
    assert one.sure == "unsure"


def test_codes_speak_for_themselves_whatever_the_header(schema: Schema) -> None:
    (one,) = proposed(schema, ("Xyzzy", ("CMHT", "GP", "IAPT")))
    assert (one.target, one.sure) == ("enrolments.referral_source", "unsure")


def test_one_field_goes_to_one_column(schema: Schema) -> None:
    found = proposed(schema, ("Referral date", DAYS), ("Date of referral", DAYS))
    assert [one.target for one in found].count("enrolments.referral_date") == 1


def test_direct_identifiers_and_free_text_are_ignored_and_said(schema: Schema) -> None:
    postcode, notes = proposed(schema, ("Postcode", ("SW1A 1AA",)), ("Notes", ("seen",)))
    assert (postcode.target, postcode.sure) == ("", "certain")
    assert "postcode" in postcode.ignored
    assert (notes.target, notes.sure) == ("", "likely")
    assert "free text" in notes.ignored


def test_a_column_of_notes_that_holds_codes_is_not_free_text(schema: Schema) -> None:
    (one,) = proposed(schema, ("Referral notes", ("CMHT", "GP")))
    assert one.target == "enrolments.referral_source"


def test_a_day_of_birth_is_never_accepted_without_a_question(schema: Schema) -> None:
    (one,) = proposed(schema, ("Date of birth", ("03/04/1985", "25/12/1990")))
    assert (one.target, one.sure) == ("participants.birth_year", "unsure")
    assert "direct identifier" in one.why


def test_generic_headers_are_accepted_in_a_sheet_about_one_table_only(schema: Schema) -> None:
    jobs = (("Hourly rate", ("9.50",)), ("Reason left", ("Resigned",)))
    alone = proposed(schema, ("Start date", DAYS))[0]
    among = proposed(schema, ("Start date", DAYS), *jobs)[0]
    mixed = proposed(schema, ("Start date", DAYS), *jobs, ("Referral date", DAYS))[0]
    assert [one.sure for one in (alone, among, mixed)] == ["unsure", "likely", "unsure"]
    assert alone.target == among.target == "jobs.start_date"


def test_a_sheet_that_names_people_is_not_one_of_sites(schema: Schema) -> None:
    found = proposed(schema, ("Client ID", ("AB001", "AB002")), ("Cohort", ("SMI", "CMD")))
    assert (found[1].target, found[1].sure) == ("participants.cohort", "likely")
    assert proposed(schema, ("Cohort", ("SMI", "CMD")))[0].sure == "unsure"


def test_an_empty_column_goes_by_its_very_name_alone(schema: Schema) -> None:
    named, like = proposed(schema, ("Discharge date", ()), ("Month of referring", ()))
    assert (named.target, named.sure) == ("enrolments.discharge_date", "likely")
    assert like.sure == "unsure"


def test_no_columns_no_proposals(schema: Schema) -> None:
    assert propose_columns([], schema) == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=12), st.lists(st.text(min_size=1, max_size=8), max_size=3)), max_size=5))
def test_any_columns_give_one_proposal_each_and_no_field_twice(schema: Schema, columns: list[tuple[str, list[str]]]) -> None:
    found = propose_columns([ColumnCells(header, tuple(cells)) for header, cells in columns], schema)
    assert [one.header for one in found] == [header for header, _ in columns]
    targets = [one.target for one in found if one.target]
    assert len(targets) == len(set(targets))
