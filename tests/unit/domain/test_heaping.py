from __future__ import annotations

from math import comb

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.domain.heaping import beside, binomial_tail, days_held


@given(st.integers(0, 30), st.integers(0, 30))
def test_the_tail_is_counted_exactly(above: int, below: int) -> None:
    n = above + below
    assert binomial_tail(above, below) == pytest.approx(sum(comb(n, k) for k in range(above, n + 1)) / 2**n)


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=20), st.floats(0, 100), st.floats(0.1, 20))
def test_no_value_is_on_both_sides(values: list, threshold: float, width: float) -> None:
    found = beside(pd.Series(values, dtype="Float64"), threshold, width)
    assert not (found.below & found.above).any()
    assert len(found.below) == len(values)


def test_a_job_without_an_end_has_no_length() -> None:
    jobs = pd.DataFrame({"start_date": ["2020-01-01"] * 2, "end_date": ["2020-01-01", None]}).astype("datetime64[ns]")
    assert days_held(jobs).tolist()[0] == 1
    assert days_held(jobs).isna().tolist() == [False, True]
