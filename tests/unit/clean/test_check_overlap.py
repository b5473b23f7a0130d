from __future__ import annotations

from datetime import date

import pandas as pd

from evaltools.clean.check_overlap import check_overlap
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds


def test_a_table_without_jobs_trips_nothing_and_nobody_is_no_person() -> None:
    days = pd.Series(["2020-01-01", "2020-01-01"]).astype("datetime64[ns]")
    jobs = pd.DataFrame({"participant_id": pd.Series([None, None], dtype="string"), "start_date": days, "end_date": days})
    for rows in (jobs, jobs.iloc[:0]):
        assert check_overlap(RuleRows.of({"jobs": rows}, Thresholds(), date(2024, 12, 31))) == []
