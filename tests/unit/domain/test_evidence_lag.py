from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from evaltools.domain.evidence_lag import evidence_lag

_WEEKS = {"job_start": 0, "sustained_6": 6, "sustained_13": 13, "engagement": None}
ORIGIN = pd.Timestamp("2020-01-01")


def _days(held: list) -> pd.Series:
    return pd.Series([None if day is None else ORIGIN + pd.Timedelta(days=day) for day in held], dtype="datetime64[ns]")


@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 200)), max_size=5),
    st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(list(_WEEKS)), st.integers(0, 300)), max_size=6),
)
def test_the_latest_job_that_was_kept_so_long_is_the_one_that_is_proved(started: list, shown: list) -> None:
    jobs = pd.DataFrame({"participant_id": pd.Series([who for who, _ in started], dtype="string")})
    jobs["start_date"] = _days([day for _, day in started])
    evidence = pd.DataFrame({"participant_id": pd.Series([who for who, _, _ in shown], dtype="string")})
    evidence["milestone"] = pd.Series([kind for _, kind, _ in shown], dtype="string")
    evidence["evidence_date"] = _days([day for *_, day in shown])
    found = evidence_lag(evidence, jobs)
    for at, (who, kind, day) in enumerate(shown):  # one at a time, by another way
        own, weeks = [start for person, start in started if person == who], _WEEKS[kind]
        assert found.loc[at, "of_job"] == (weeks is not None)
        assert found.loc[at, "has_job"] == bool(own)
        if weeks is None or not own:
            assert pd.isna(found.loc[at, "lag"])
        else:
            kept = [start for start in own if start + 7 * weeks <= day]
            assert found.loc[at, "lag"] == day - 7 * weeks - (max(kept) if kept else min(own))
