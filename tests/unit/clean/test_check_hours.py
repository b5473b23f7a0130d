from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.check_hours import hours_together
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds

_JOB = st.tuples(st.integers(0, 2), st.integers(0, 9), st.one_of(st.none(), st.integers(0, 5)), st.integers(1, 40))


@given(st.lists(_JOB, max_size=8))
def test_hours_are_those_of_all_jobs_held_that_day(held: list) -> None:
    start = pd.Series([pd.Timestamp("2020-01-01") + pd.Timedelta(days=day) for _, day, _, _ in held], dtype="datetime64[ns]")
    last = [None if length is None else start[at] + pd.Timedelta(days=length) for at, (_, _, length, _) in enumerate(held)]
    jobs = pd.DataFrame({"participant_id": [f"P{person}" for person, _, _, _ in held], "start_date": start})
    jobs["end_date"] = pd.Series(last, dtype="datetime64[ns]")
    jobs["hours_per_week"] = pd.array([hours for *_, hours in held], dtype="Float64")
    expected = []
    for at, (person, day, _, own) in enumerate(held):  # one at a time, by another way
        others = [
            hours
            for other, (who, from_day, length, hours) in enumerate(held)
            if other != at and who == person and length is not None and from_day <= day <= from_day + length
        ]
        expected.append(own + sum(others))
    together = hours_together(RuleRows.of({"jobs": jobs}, Thresholds(), date(2024, 12, 31)))
    np.testing.assert_allclose(together, expected)
