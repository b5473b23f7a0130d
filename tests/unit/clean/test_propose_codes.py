from __future__ import annotations

from evaltools.clean.propose_codes import propose_codes
from evaltools.schema.table import Schema


def test_known_words_are_decided_and_the_rest_is_for_a_person(schema: Schema) -> None:
    done = propose_codes(
        {"CMHT": 9, "cmht": 1, "Comunity mental health team": 2, "Vicar": 3}, schema.codelists["referral_source"]
    )
    assert dict(done.known) == {"CMHT": "secondary", "cmht": "secondary"}
    assert [(one.entry, one.count) for one in done.unseen] == [("Comunity mental health team", 2), ("Vicar", 3)]
    assert done.unseen[0].guesses[0] == "secondary"
    assert "self" in done.allowed


def test_yes_and_no_have_a_list_of_their_own() -> None:
    done = propose_codes({"Y": 5, "NK": 1, "Yep": 1}, None)
    assert dict(done.known) == {"Y": "true", "NK": "unknown"}
    assert [one.entry for one in done.unseen] == ["Yep"]
    assert done.allowed == ("true", "false")


def test_no_word_is_matched_by_a_part_of_it(schema: Schema) -> None:
    assert not propose_codes({"Male to female": 1}, schema.codelists["sex"]).known


def test_a_letter_is_not_trusted_beside_letters_that_no_list_knows(schema: Schema) -> None:
    """In the NHS's list of ethnic categories 'A' is White British and 'J' Pakistani; in ours 'A' is Asian."""
    alone = propose_codes({"A": 5, "Z": 1}, schema.codelists["ethnicity"])
    assert dict(alone.known) == {"A": "asian", "Z": "unknown"}
    beside = propose_codes({"A": 5, "J": 2, "Z": 1, "White": 1}, schema.codelists["ethnicity"])
    assert dict(beside.known) == {"Z": "unknown", "White": "white"}
    assert [(one.entry, one.doubtful) for one in beside.unseen] == [("J", False), ("A", True)]
