from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.changed_headers import QUESTIONS, changed_headers, questions_about, renamed_hint
from evaltools.schema.layout import SheetLayout

LAYOUT = SheetLayout.model_validate(
    {
        "columns": {
            "Client ID": {"field": "participants.participant_id"},
            "Date referred": {"field": "enrolments.referral_date"},
            "Sex": {"field": "participants.sex", "optional": True},
        },
        "ignore": ["Note*"],
    }
)


def told(names: list[str], proposals: dict[str, str] | None = None) -> list[tuple[str, str, str]]:
    return [(one.kind, one.header, one.likely) for one in changed_headers([LAYOUT], names, proposals or {})]


def test_nothing_has_changed() -> None:
    assert told(["client id ", "Date  referred", "Sex", "Notes", ""]) == []


def test_a_renamed_header_is_paired_with_the_old_one() -> None:
    assert told(["Client ID", "Referral date", "Sex"]) == [
        ("vanished", "Date referred", "Referral date"),
        ("unseen", "Referral date", "Date referred"),
    ]


def test_new_and_gone_have_no_partner() -> None:
    assert told(["Client ID", "Sex", "Shoe size"]) == [("vanished", "Date referred", ""), ("unseen", "Shoe size", "")]


def test_entries_tell_a_rename_that_the_words_do_not() -> None:
    names = ["Client ID", "Came to us", "Sex", "Reference date"]
    assert told(names, {"Came to us": "enrolments.referral_date", "Reference date": "jobs.end_date"})[:2] == [
        ("vanished", "Date referred", "Came to us"),
        ("unseen", "Came to us", "Date referred"),
    ]


def test_each_header_has_one_partner_at_most() -> None:
    pairs = told(["Client number", "Client IDs", "Date referred", "Sex"])
    assert [likely for kind, _, likely in pairs if kind == "vanished"] == ["Client IDs"]


def test_the_question_has_three_answers_the_likeliest_first() -> None:
    found = questions_about(changed_headers([LAYOUT], ["Client ID", "Shoe size", "Referral date"]), "a.xlsx", "Clients")
    assert list(found.columns) == list(QUESTIONS)
    gone, new = found[found["kind"] == "missing column"].iloc[0], found[found["where"] == "column C"].iloc[0]
    assert gone["options"] == "renamed: Referral date | renamed: Shoe size | gone"
    assert new["options"] == "renamed: Date referred | renamed: Sex | new | ignore"
    assert "Perhaps" in gone["question"]
    assert set(found["file"]) == {"a.xlsx"}


def test_a_column_that_may_be_missing_is_not_asked_about() -> None:
    assert questions_about(changed_headers([LAYOUT], ["Client ID", "Date referred"]), "a.csv", "").empty


def test_the_hint_for_a_missing_column() -> None:
    assert renamed_hint("Date referred", ["Referral date", "Shoe size"]) == "perhaps renamed to 'Referral date'? "
    assert renamed_hint("Date referred", ["Referral date"], ["Referral date"]) == ""
    assert renamed_hint("Date referred", ["Shoe size"]) == ""


@given(st.lists(st.sampled_from(["Client ID", "Sex", "Referral date", "Date referred", "Case", "Notes", ""]), max_size=6))
def test_every_header_is_known_ignored_or_asked_about(names: list[str]) -> None:
    found = changed_headers([LAYOUT], names)
    known = {"Client ID", "Sex", "Date referred", "Notes", ""}
    assert {one.header for one in found if one.kind == "unseen"} == set(names) - known
    assert {one.header for one in found if one.kind == "vanished"} == {"Client ID", "Date referred", "Sex"} - set(names)
