from __future__ import annotations

from datetime import date

import pandas as pd

from evaltools.clean.check_evidence import check_evidence
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds


def _held(days_after: int, **limits: int) -> RuleRows:
    start = pd.Series(["2020-01-01"]).astype("datetime64[ns]")
    jobs = pd.DataFrame({"participant_id": ["A"], "start_date": start})
    evidence = pd.DataFrame({"participant_id": ["A"], "milestone": ["job_start"]})
    evidence["evidence_date"] = start + pd.Timedelta(days=days_after)
    return RuleRows.of({"jobs": jobs, "evidence": evidence}, Thresholds(**limits), date(2024, 12, 31))


def test_evidence_on_the_day_is_right_and_the_day_before_is_not() -> None:
    assert check_evidence(_held(0)) == []
    assert [found.code for found in check_evidence(_held(-1))] == ["D137"]
