from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.domain.harmonised import FINDINGS, QUARANTINE
from evaltools.verbs.compared_findings import Found, compared_findings, file_pattern


def _found(faults: Mapping[str, str], people: str, file: str = "a_2024-01.csv", anonymous: int = 0) -> Found:
    """Faults D102 in column 'Referred', by person; people: everybody in the file, a letter each, from row 2."""
    rows = {person: row for row, person in enumerate(people, 2)}
    count = len(faults) + anonymous
    finding = {
        "code": "D102", "severity": "must fix", "site": "camden", "file": file, "sheet": "", "count": count,
        "what": f"a date cannot be read, in column 'Referred' ({count} cells)",
    }  # fmt: skip
    aside = [
        {"code": code, "file": file, "sheet": "", "row": rows[person], "column": "Referred"}
        for person, code in faults.items()
    ]
    named = pd.DataFrame({"file": file, "sheet": "", "row": rows.values(), "participant_id": rows.keys()})
    return Found(
        pd.DataFrame([finding] if count else [], columns=list(FINDINGS)).astype(FINDINGS),
        pd.DataFrame(aside, columns=list(QUARANTINE)).astype(QUARANTINE),
        named.astype({"file": "string", "sheet": "string", "row": "Int64", "participant_id": "string"}),
    )


def _fates(old: Found, new: Found) -> dict[str, int]:
    frame = compared_findings(old, new)
    return dict(zip(frame["fate"], frame["count"].astype(int), strict=True))


@pytest.mark.parametrize(
    ("before", "after", "people", "fates"),
    [
        ("A", "A", "AB", {"persisting": 1}),
        ("A", "", "AB", {"fixed": 1}),
        ("A", "", "B", {"vanished": 1}),
        ("", "B", "AB", {"new": 1}),
        ("A", "B", "AB", {"new": 1, "fixed": 1}),
        ("ABC", "BD", "BCD", {"new": 1, "persisting": 1, "fixed": 1, "vanished": 1}),
    ],
)
def test_the_four_fates(before: str, after: str, people: str, fates: dict[str, int]) -> None:
    old = _found(dict.fromkeys(before, "D102"), "ABC")
    new = _found(dict.fromkeys(after, "D102"), people, "a_2024-02.csv")
    assert _fates(old, new) == fates


def test_rows_that_move_are_not_new() -> None:
    assert _fates(_found({"C": "D102"}, "ABC"), _found({"C": "D102"}, "CAB")) == {"persisting": 1}


def test_faults_that_name_nobody_are_matched_by_their_number() -> None:
    assert _fates(_found({}, "A", anonymous=3), _found({}, "A", anonymous=5)) == {"new": 2, "persisting": 3}
    assert _fates(_found({"A": "D102"}, "A"), _found({}, "A", anonymous=1)) == {"persisting": 1}


def test_what_was_found_in_a_file_that_is_gone_has_vanished() -> None:
    old = _found({}, "A", anonymous=2)
    new = _found({}, "B", "b.csv")
    assert _fates(old, new) == {"vanished": 2}


def test_the_table_names_places_and_no_person() -> None:
    frame = compared_findings(_found({"A": "D102"}, "A"), _found({}, "A"))
    assert frame[["code", "site", "column", "what"]].to_numpy().tolist() == [
        ["D102", "camden", "Referred", "a date cannot be read"]
    ]
    assert "participant_id" not in frame.columns


@pytest.mark.parametrize(
    ("one", "other"),
    [("jobs_2024-01.csv", "jobs_2024-02.csv"), ("North 03.04.2024 v2.xlsx", "North 11.05.2024 v11.xlsx")],
)
def test_deliveries_have_one_pattern(one: str, other: str) -> None:
    assert file_pattern(one) == file_pattern(other)


PEOPLE = st.sets(st.sampled_from("ABCDE"))


@given(before=PEOPLE, after=PEOPLE, there=PEOPLE, old_rest=st.integers(0, 3), new_rest=st.integers(0, 3))
def test_every_fault_has_one_fate(before: set[str], after: set[str], there: set[str], old_rest: int, new_rest: int) -> None:
    old = _found(dict.fromkeys(sorted(before), "D102"), "ABCDE", anonymous=old_rest)
    new = _found(dict.fromkeys(sorted(after), "D102"), "".join(sorted(there | after)) or "Z", anonymous=new_rest)
    fates = _fates(old, new)
    held = {name: fates.get(name, 0) for name in ("new", "persisting", "fixed", "vanished")}
    assert held["persisting"] + held["fixed"] + held["vanished"] == len(before) + old_rest
    assert held["persisting"] + held["new"] == len(after) + new_rest
    assert min(held.values()) >= 0
    assert held["persisting"] >= len(before & after)
