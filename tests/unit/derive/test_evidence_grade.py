from __future__ import annotations

import pandas as pd
import pytest

from evaltools.derive.day_numbers import LONG_AGO, day_numbers
from evaltools.derive.evidence_grade import (
    EARLY_DAYS,
    GRADES,
    evidence_use,
    milestone_grades,
    starter_grades,
    verified_until,
)

STARTERS = pd.DataFrame(
    {
        "participant_id": ["ann", "bob"],
        "start_date": pd.to_datetime(["2019-01-01", "2019-06-01"]),
        "known_until": pd.to_datetime(["2019-04-30", "2019-12-31"]),
    }
)


def _evidence(*rows):
    frame = pd.DataFrame(rows, columns=["participant_id", "milestone", "evidence_type", "evidence_date", "validated"])
    return frame.astype(
        {"participant_id": "string", "milestone": "string", "evidence_type": "string", "evidence_date": "datetime64[ns]",
         "validated": "boolean"}
    )  # fmt: skip


def test_each_starter_has_their_own_best_evidence():
    evidence = _evidence(
        ("bob", "sustained_13", "self", None, None),
        ("bob", "sustained_13", "payslip", None, False),
        ("ann", "sustained_6", "timesheet", None, None),
        ("cid", "sustained_6", "payslip", None, None),
    )
    used = evidence_use(evidence, STARTERS)
    assert used["use"].tolist() == ["used", "used", "used", "no job"]
    grades = milestone_grades(used, STARTERS, [6, 13])
    assert grades.to_dict("list") == {0: ["recorded", "verified"], 6: ["recorded", "verified"], 13: ["none", "verified"]}


@pytest.mark.parametrize(("inclusive", "grade"), [(False, "none"), (True, "verified")])
def test_evidence_of_the_last_day_counts_where_days_are_counted_inclusively(inclusive, grade):
    used = evidence_use(_evidence(("ann", "job_start", "payslip", "2019-02-11", None)), STARTERS)  # the forty-second day
    assert milestone_grades(used, STARTERS, [6], inclusive)[6].tolist() == [grade, "none"]


def test_the_last_day_that_is_verified_lies_within_the_spell():
    used = evidence_use(
        _evidence(
            ("ann", "sustained_13", "payslip", "2019-03-05", None),
            ("ann", "sustained_13", "self", "2019-04-05", None),
            ("bob", "sustained_6", "admin", "2020-02-01", None),
        ),
        STARTERS,
    )
    wanted = day_numbers(pd.Series(pd.to_datetime(["2019-03-05", "2019-12-31"])))
    assert verified_until(used, STARTERS).tolist() == wanted.tolist()
    assert verified_until(used.iloc[:0], STARTERS).tolist() == [LONG_AGO, LONG_AGO]


def test_no_starters_and_no_evidence_are_no_grades():
    nothing = evidence_use(_evidence(), STARTERS)
    assert nothing.empty
    assert milestone_grades(nothing, STARTERS, [6])[6].tolist() == ["none", "none"]
    nobody = evidence_use(_evidence(("ann", "sustained_6", "payslip", None, None)), STARTERS.iloc[:0])
    assert nobody["use"].tolist() == ["no job"]
    assert milestone_grades(nobody, STARTERS.iloc[:0], [6]).empty
    assert verified_until(nobody, STARTERS.iloc[:0]).tolist() == []


def test_grades_are_in_order_of_strength():
    assert GRADES[0] == "none"
    assert GRADES[-1] == "verified"


def test_a_study_that_keeps_no_evidence_has_no_grades():
    assert starter_grades(STARTERS, None, [6]) is None
    assert starter_grades(STARTERS, _evidence(), [6]) is None
    held = _evidence(("ann", "sustained_6", "payslip", "2019-02-20", None))
    grades = starter_grades(STARTERS, held, [6])
    assert grades[6].tolist() == ["verified", "none"]
    assert grades["verified_until"].tolist()[0] == day_numbers(pd.Series([pd.Timestamp("2019-02-20")]))[0]


@pytest.mark.parametrize(("days", "grade"), [(2, "none"), (91 - EARLY_DAYS - 1, "none"), (91 - EARLY_DAYS, "verified")])
def test_evidence_long_before_a_milestone_does_not_prove_it(days, grade):
    piece = ("ann", "sustained_13", "payslip", pd.Timestamp("2019-01-01") + pd.Timedelta(days=days), None)
    assert milestone_grades(evidence_use(_evidence(piece), STARTERS), STARTERS, [13])[13].tolist() == [grade, "none"]
