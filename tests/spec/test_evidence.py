"""What proves that work was kept? The best piece counts; one that cannot speak of the job counts for nothing."""

from __future__ import annotations

import pandas as pd
import pytest
from spec_table import canonical, spec_table

from evaltools.derive.evidence_grade import evidence_use, milestone_grades

# the job is held from 1 March to 31 August 2024; thirteen weeks are reached on 31 May
PIECES = """
person | milestone    | kind      | checked | dated      | use            | job start | 13 weeks
ann    | sustained_13 | payslip   |         |            | used           | verified  | verified
ann    | sustained_13 | employer  |         | 2024-06-10 | used           | verified  | verified
ann    | sustained_13 | admin     |         | 2024-06-10 | used           | verified  | verified
ann    | sustained_13 | timesheet |         | 2024-06-10 | used           | recorded  | recorded
ann    | sustained_13 | self      |         | 2024-06-10 | used           | self      | self
ann    | sustained_13 | self      | yes     | 2024-06-10 | used           | verified  | verified
ann    | sustained_13 | none      |         | 2024-06-10 | used           | none      | none
ann    | sustained_13 | unknown   |         |            | used           | none      | none
ann    | sustained_26 | payslip   |         |            | used           | verified  | verified
ann    | sustained_6  | payslip   |         | 2024-04-20 | used           | verified  | none
ann    | sustained_6  | payslip   |         | 2024-05-31 | used           | verified  | verified
ann    | job_start    | payslip   |         | 2024-03-08 | used           | verified  | none
ann    | job_start    | payslip   |         | 2024-09-01 | used           | verified  | none
ann    | sustained_13 | payslip   |         | 2024-02-29 | before the job | none      | none
ann    | engagement   | employer  |         | 2024-06-10 | not of a job   | none      | none
bob    | sustained_13 | payslip   |         | 2024-06-10 | no job         | none      | none
"""


@pytest.fixture(scope="module")
def ann() -> pd.DataFrame:
    return pd.DataFrame(
        {"participant_id": ["ann"], "start_date": [pd.Timestamp("2024-03-01")], "known_until": [pd.Timestamp("2024-08-31")]}
    )


@pytest.mark.parametrize(
    "case", spec_table(PIECES).to_dict("records"), ids=lambda case: "-".join(filter(None, case.values()))
)
def test_what_a_piece_of_evidence_proves(ann: pd.DataFrame, case: dict[str, str | None]) -> None:
    piece = {
        "evidence_id": "1", "participant_id": case["person"], "milestone": case["milestone"], "evidence_type": case["kind"],
        "validated": True if case["checked"] else None, "evidence_date": case["dated"],
    }  # fmt: skip
    used = evidence_use(canonical("evidence", [piece]), ann)
    assert used["use"].tolist() == [case["use"]]
    grades = milestone_grades(used, ann, [13])
    assert grades.iloc[0].tolist() == [case["job start"], case["13 weeks"]]


def test_the_best_piece_counts(ann: pd.DataFrame) -> None:
    pieces = [
        {"evidence_id": kind, "participant_id": "ann", "milestone": "sustained_13", "evidence_type": kind}
        for kind in ("self", "timesheet", "none")
    ]
    grades = milestone_grades(evidence_use(canonical("evidence", pieces), ann), ann, [13])
    assert grades[13].tolist() == ["recorded"]
