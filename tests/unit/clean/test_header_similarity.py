from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.header_similarity import header_similarity, name_index, similarities, word_weights

WEIGHTS = word_weights(
    [["Referral date", "Date referred"], ["Discharge date"], ["Job start", "Start date"], ["Job end"], ["Age"]]
)
HEADERS = st.text(alphabet="Date of refalj12 /()_?", max_size=20)

NEARER = [
    ("Date of referral", "Referral date", "Discharge date"),
    ("Refferal date", "Referral date", "Discharge date"),
    ("Ref date", "Referral date", "Job start"),
    ("Job started", "Job start", "Job end"),
    ("Date discharged", "Discharge date", "Referral date"),
]


@pytest.mark.parametrize(("header", "nearer", "further"), NEARER)
def test_a_header_is_nearer_to_what_it_means(header: str, nearer: str, further: str) -> None:
    assert header_similarity(header, nearer, WEIGHTS) > header_similarity(header, further, WEIGHTS)


def test_the_same_words_in_any_order_are_the_same() -> None:
    assert header_similarity("date_of_the REFERRAL", "Referral date", WEIGHTS) == 1.0
    assert header_similarity("In post from", "Post", WEIGHTS) < 1.0


def test_a_word_more_counts_against_it() -> None:
    assert header_similarity("Job start", "Job start", WEIGHTS) > header_similarity(
        "Job start of partner", "Job start", WEIGHTS
    )


def test_of_two_header_rows_the_lower_may_speak_alone() -> None:
    assert header_similarity("Person / Age", "Age", WEIGHTS) == 0.96


def test_numbers_are_never_nearly_the_same() -> None:
    assert header_similarity("Job 1", "Job 2", {}) < header_similarity("Job 1", "Job 1", {})


def test_an_index_gives_each_name_what_it_has_alone() -> None:
    names = ["Referral date", "Age", "???"]
    together = similarities("Date of referral", name_index(names, WEIGHTS), WEIGHTS)
    assert together.tolist() == [header_similarity("Date of referral", name, WEIGHTS) for name in names]
    assert similarities("", name_index(names, WEIGHTS), WEIGHTS).tolist() == [0, 0, 0]


@given(HEADERS, HEADERS)
def test_similarity_lies_between_0_and_1(one: str, other: str) -> None:
    assert 0 <= header_similarity(one, other, WEIGHTS) <= 1
