from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from evaltools.release.coarse import coarsen


@given(st.lists(st.floats(0, 1), min_size=1), st.sampled_from([0.01, 0.05]))
def test_a_coarse_value_is_a_multiple_of_the_step_and_no_further_than_half_of_it(values: list[float], step: float) -> None:
    coarse = coarsen(pd.Series(values), step)
    assert np.allclose(coarse / step, np.round(coarse / step))
    assert (abs(coarse - pd.Series(values)) <= step / 2 + 1e-9).all()


def test_no_stray_digits_are_left() -> None:
    assert [str(value) for value in coarsen(pd.Series([0.15, 0.29, 0.57]), 0.01)] == ["0.15", "0.29", "0.57"]


def test_each_value_may_have_its_own_step() -> None:
    assert coarsen(pd.Series([0.13, 0.13]), np.array([0.01, 0.05])).tolist() == [0.13, 0.15]


def test_days_are_rounded_too() -> None:
    assert coarsen(pd.Series([44.0, 45.0, np.nan]), 30).dropna().tolist() == [30.0, 60.0]
