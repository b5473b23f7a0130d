from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.derive.runs import latest_so_far, places, run_starts

rows = st.lists(st.tuples(st.integers(0, 5), st.integers(-20_000, 60_000)), max_size=30).map(
    lambda pairs: sorted(pairs, key=lambda pair: pair[0])
)


@given(rows)
def test_runs_are_those_of_pandas(pairs):
    codes = np.array([code for code, _ in pairs], dtype=np.int64)
    days = np.array([day for _, day in pairs], dtype=np.int64)
    frame = pd.DataFrame({"code": codes, "day": days})
    assert run_starts(codes).tolist() == frame.drop_duplicates("code").index.tolist()
    assert latest_so_far(codes, days).tolist() == frame.groupby("code")["day"].cummax().tolist()


@pytest.mark.parametrize(("earlier", "later"), [((0, 999_999), (1, -999_999)), ((1, 3), (1, 4))])
def test_places_are_in_the_order_of_the_pairs(earlier, later):
    first, second = (places(np.array([code]), np.array([day]))[0] for code, day in (earlier, later))
    assert first < second
