from __future__ import annotations

from datetime import date

import pandas as pd

from evaltools.clean.check_lag import check_lag
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds


def _held(days_after: int, **limits: int) -> RuleRows:
    start = pd.Series(["2020-01-01"]).astype("datetime64[ns]")
    jobs = pd.DataFrame({"participant_id": ["A"], "start_date": start})
    evidence = pd.DataFrame({"participant_id": ["A"], "milestone": ["job_start"]})
    evidence["evidence_date"] = start + pd.Timedelta(days=days_after)
    return RuleRows.of({"jobs": jobs, "evidence": evidence}, Thresholds(**limits), date(2024, 12, 31))


def test_the_study_says_how_late_is_late() -> None:
    assert check_lag(_held(30, evidence_lag_days=30)) == []
    assert [found.rows.tolist() for found in check_lag(_held(31, evidence_lag_days=30))] == [[0]]
