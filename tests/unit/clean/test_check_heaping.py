from __future__ import annotations

from datetime import date

import pandas as pd

from evaltools.clean.check_heaping import check_heaping
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds


def test_sites_are_tested_apart() -> None:
    hours = [16.0] * 12 + [15.0] * 12
    jobs = pd.DataFrame({"site_id": ["north"] * 12 + ["south"] * 12, "hours_per_week": pd.array(hours, dtype="Float64")})
    jobs["participant_id"] = [f"P{at}" for at in range(24)]
    jobs["start_date"] = jobs["end_date"] = pd.Series([None] * 24, dtype="datetime64[ns]")
    (found,) = check_heaping(RuleRows.of({"jobs": jobs}, Thresholds(), date(2024, 12, 31)))
    assert found.rows.tolist() == list(range(12))
    assert found.detail == "12 just above 16 hours a week and 0 just below; exact binomial test, p = 0.00024"
