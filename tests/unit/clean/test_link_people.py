from __future__ import annotations

import itertools
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.clean.link_fields import PLAIN_FIELDS
from evaltools.clean.link_people import link_exactly, link_keys, with_decisions
from evaltools.domain.links import LINKS, linked_groups

KEY = b"k" * 32
N1, N2 = "9434765919", "4010232137"
JANE, JOHN = ("jane", "smith", "1980-04-03"), ("john", "smith", "1980-04-03")


def _people(*rows: Sequence[str | None]) -> pd.DataFrame:
    """participant_id (its first letter is the site), NHS number, given name, family name, birth date, postcode."""
    frame = pd.DataFrame([*rows], columns=["participant_id", *PLAIN_FIELDS], dtype="string")
    return frame.assign(site_id=frame["participant_id"].str[0])


def _links(*rows: Sequence[str | None]) -> list[tuple[str, str, str]]:
    links = link_exactly(link_keys(_people(*rows), KEY))
    assert links.dtypes.astype(str).to_dict() == LINKS
    return [(row.pair_id, row.rule, row.status) for row in links.itertuples()]


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        (("A1", N1, *JANE, None), ("B1", N1, *JOHN, None), [("A1-B1", "nhs_number", "linked")]),
        (("A1", N1, *JANE, "M11AE"), ("B1", None, *JANE, "M11AE"), [("A1-B1", "name_birth_postcode", "linked")]),
        (("A1", None, *JANE, "M11AE"), ("B1", None, *JANE, None), [("A1-B1", "name_birth", "review")]),
        (("A1", N1, *JANE, "M11AE"), ("B1", N2, *JANE, "M11AE"), [("A1-B1", "name_birth_postcode", "review")]),
        (("A1", N1, *JANE, None), ("B1", N2, *JANE, None), []),
        (("A1", N1, *JANE, None), ("A2", N1, *JANE, None), [("A1-A2", "nhs_number", "review")]),
        (("A1", N1, *JANE, None), ("B1", None, *JOHN, None), []),
        (("A1", None, None, None, None, None), ("B1", None, None, None, None, None), []),
        (("A1", N1, "jane ann", "lee smith", "1980-04-03", "M11AE"), ("B1", None, *JANE, "M11AE"),
         [("A1-B1", "name_birth_postcode", "linked")]),
    ],
)  # fmt: skip
def test_what_two_people_must_share(
    left: Sequence[str | None], right: Sequence[str | None], found: list[tuple[str, str, str]]
) -> None:
    assert _links(left, right) == found
    assert _links(right, left) == found


def test_a_key_that_two_people_of_one_site_share_proves_nothing() -> None:
    found = _links(("A1", N1, *JANE, None), ("A2", N1, *JOHN, None), ("B1", N1, *JANE, None))
    assert {status for _, _, status in found} == {"review"}


def test_no_third_person_joins_two_nhs_numbers() -> None:
    found = _links(
        ("A1", N1, *JANE, "M11AE"), ("B1", None, *JANE, "M11AE"), ("C1", N2, *JANE, "M11AE"), ("D1", N2, *JOHN, None)
    )
    assert [pair for pair, _, status in found if status == "linked"] == ["C1-D1"]


def test_keys_depend_on_the_studys_key_and_hold_no_entry() -> None:
    people = _people(("A1", N1, *JANE, "M11AE"))
    ours, theirs = link_keys(people, KEY), link_keys(people, b"x" * 32)
    assert len(ours) == 3
    assert not set(ours["key"]) & set(theirs["key"])
    text = " ".join(ours.astype(str).to_numpy().ravel())
    assert not [word for word in (N1, "jane", "smith", "1980", "M11AE") if word in text]


def test_decisions_settle_pairs_and_leave_the_rest() -> None:
    links = link_exactly(link_keys(_people(("A1", None, *JANE, None), ("B1", None, *JANE, None)), KEY))
    assert with_decisions(links, {"A1-B1": True})["status"].tolist() == ["linked"]
    assert with_decisions(links, {"A1-B1": False})["status"].tolist() == ["apart"]
    assert with_decisions(links, {"other": False})["status"].tolist() == ["review"]
    assert with_decisions(links, {})["status"].tolist() == ["review"]


PERSON = st.tuples(
    st.sampled_from("ABC"),
    st.sampled_from([N1, N2, None]),
    st.sampled_from(["jane", "john"]),
    st.sampled_from(["M11AE", None]),
)


@settings(max_examples=25, deadline=None)  # an example takes 0.1 s, and longer on a busy machine
@given(people=st.lists(PERSON, max_size=9), seed=st.randoms(use_true_random=False))
def test_groups_hold_one_person_of_a_site_and_one_nhs_number_whatever_the_order(
    people: list[tuple[str, str | None, str, str | None]], seed: object
) -> None:
    rows = [
        (f"{site}{number}", nhs, given_name, "smith", "1980-04-03", postcode)
        for number, (site, nhs, given_name, postcode) in enumerate(people)
    ]
    shuffled = rows.copy()
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    found = _links(*rows)
    assert _links(*shuffled) == found
    linked = [pair.split("-") for pair, _, status in found if status == "linked"]
    groups = linked_groups(pd.DataFrame(linked, columns=["left", "right"], dtype="string"))
    numbers = {row[0]: row[1] for row in rows}
    for _, group in groups.groupby("linked_id")["participant_id"]:
        for one, other in itertools.combinations(group, 2):
            assert one[0] != other[0]
            assert numbers[one] is None or numbers[other] is None or numbers[one] == numbers[other]
