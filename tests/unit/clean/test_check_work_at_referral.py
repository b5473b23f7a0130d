from __future__ import annotations

from datetime import date

import pandas as pd

from evaltools.clean.check_work_at_referral import check_work_at_referral
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds


def test_two_jobs_held_at_referral_are_one_finding() -> None:
    referral = pd.Series(["2020-06-01"]).astype("datetime64[ns]")
    enrolments = pd.DataFrame({"participant_id": ["A"], "referral_date": referral, "employment_at_referral": ["sick"]})
    enrolments["months_out_of_work"] = pd.array([None], dtype="Float64")
    enrolments["never_worked"] = pd.array([None], dtype="boolean")
    jobs = pd.DataFrame({"participant_id": ["A", "A"]})
    jobs["start_date"] = pd.Series(["2020-01-01", "2020-02-01"]).astype("datetime64[ns]")
    jobs["end_date"] = pd.Series(["2020-07-01", "2020-07-01"]).astype("datetime64[ns]")
    held = RuleRows.of({"enrolments": enrolments, "jobs": jobs}, Thresholds(), date(2024, 12, 31))
    assert [(found.code, found.rows.tolist()) for found in check_work_at_referral(held)] == [("D133", [0])]
