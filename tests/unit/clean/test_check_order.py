from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.check_order import engaged_before
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds

_DAY = st.one_of(st.none(), st.integers(0, 9))


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), _DAY), max_size=6, unique_by=lambda one: one[:2]),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9)), max_size=6),
)
def test_each_job_is_set_against_its_own_referral(enrolled: list, started: list) -> None:
    def days(held: list) -> pd.Series:
        whole = [None if day is None else pd.Timestamp("2020-01-01") + pd.Timedelta(days=day) for day in held]
        return pd.Series(whole, dtype="datetime64[ns]")

    enrolments = pd.DataFrame({"participant_id": [f"P{person}" for person, _, _ in enrolled]})
    enrolments["referral_date"] = days([day for _, day, _ in enrolled])
    enrolments["engaged_date"] = days([day for _, _, day in enrolled])
    enrolments["profile_completed_date"] = enrolments["third_appointment_date"] = days([None] * len(enrolled))
    jobs = pd.DataFrame({"participant_id": [f"P{person}" for person, _ in started]})
    jobs["start_date"] = days([day for _, day in started])
    held = RuleRows.of({"enrolments": enrolments, "jobs": jobs}, Thresholds(), date(2024, 12, 31))
    expected = []
    for person, start in started:  # one at a time, by another way
        own = sorted((day, engaged) for who, day, engaged in enrolled if who == person and day <= start)
        expected.append(bool(own) and own[-1][1] is not None and start < own[-1][1])
    assert engaged_before(held).tolist() == expected
