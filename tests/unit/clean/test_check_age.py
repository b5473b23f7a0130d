from __future__ import annotations

from datetime import date

import pandas as pd

from evaltools.clean.check_age import check_age
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds


def test_the_first_referral_counts_and_an_unknown_one_says_nothing() -> None:
    people = pd.DataFrame({"participant_id": ["A", "B"], "age_at_referral": pd.array([None, None], dtype="Int64")})
    people["birth_year"] = pd.array([2006, 2006], dtype="Int64")
    referrals = pd.Series(["2024-01-01", "2020-06-01"]).astype("datetime64[ns]")
    enrolments = pd.DataFrame({"participant_id": ["A", "A"], "referral_date": referrals})
    held = RuleRows.of({"participants": people, "enrolments": enrolments}, Thresholds(), date(2024, 12, 31))
    (found,) = check_age(held)
    assert (found.code, found.field, found.rows.tolist()) == ("D131", "birth_year", [0])
