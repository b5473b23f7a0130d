"""What a hand-over is, by cases: tests/spec/test_caseload.py."""

from __future__ import annotations

import pandas as pd
import pytest

from evaltools.derive.case_days import case_days, holds_of


def day(number):
    return pd.Timestamp("1970-01-01") + pd.Timedelta(days=number)


def holds(*rows):
    frame = pd.DataFrame(rows, columns=["participant_id", "specialist_id", "from_date", "to_date"])
    for name in ("from_date", "to_date"):
        frame[name] = pd.Series([None if pd.isna(n) else day(int(n)) for n in frame[name]], dtype="datetime64[ns]")
    return frame.assign(site_id="north")


PEOPLE = pd.DataFrame({"participant_id": ["ann", "bob"], "active_from": [10, 10], "active_to": [50, 5]})


def test_holds_are_cut_to_the_time_of_the_case():
    found = case_days(holds(("ann", "A", 0, 30), ("ann", "B", 30, None)), PEOPLE).holds
    assert found[["specialist_id", "first", "last", "handed_over", "reached"]].to_numpy().tolist() == [
        ["A", 10, 29, False, False],
        ["B", 30, 50, True, True],
    ]


def test_what_cannot_be_used_is_counted_by_reason():
    rows = [("ann", "A", 5, 4), ("ann", "A", None, 4), ("cyn", "A", 5, 9), ("ann", "A", 0, 9), ("bob", "A", 0, None)]
    done = case_days(holds(*rows), PEOPLE)
    assert done.holds.empty
    assert done.faults.set_index("code")["n"].to_dict() == {
        "ends before it begins": 2,
        "person not engaged": 1,
        "outside the time of the case": 2,
    }


def test_the_same_specialist_again_is_no_hand_over():
    found = case_days(holds(("ann", "A", 10, 20), ("ann", "A", 25, 30)), PEOPLE).holds
    assert found["handed_over"].tolist() == [False, False]


@pytest.mark.parametrize("assignments", [None, pd.DataFrame()])
def test_without_assignments_the_enrolment_says_who_holds_the_case(enrolments, assignments):
    tables = {
        "enrolments": enrolments(
            {"specialist_id": "A", "discharge_date": "2018-03-01"}, {"participant_id": "bob", "enrolment_id": "e2"}
        ),
        **({} if assignments is None else {"assignments": assignments}),
    }
    found = holds_of(tables)
    assert found[["participant_id", "specialist_id"]].to_numpy().tolist() == [["ann", "A"]]
    assert found[["from_date", "to_date"]].iloc[0].tolist() == [pd.Timestamp("2018-01-01"), pd.Timestamp("2018-03-01")]


def test_assignments_win(enrolments):
    tables = {"enrolments": enrolments({"specialist_id": "A"}), "assignments": holds(("ann", "B", 3, None))}
    assert holds_of(tables)["specialist_id"].tolist() == ["B"]
