from __future__ import annotations

import numpy as np
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.log_times import log_times


def test_zero_days_are_half_a_day_and_counted(make):
    data = log_times(make([0, 2, 8], [1, 1, 0], x=[1, 2, 4], entry=[0, 1, 0]), "x", None)
    assert np.exp(data.log_time).round(6).tolist() == [0.5, 2, 8]
    assert data.shifted == 1
    assert data.note.endswith("; 1 durations of 0 days were taken as half a day")
    assert np.isnan(data.log_entry).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("formula", "words"), [("x + y", "repeat each other"), ("gap", "nobody of the 2 with every covariate")]
)
def test_refuses_in_words(make, formula, words):
    times = make([1, 2, 3], [1, 0, 0], x=[1, 2, 4], y=[2, 4, 8], gap=[None, 2.0, 1.0])
    with pytest.raises(EstimateError, match=words):
        log_times(times, formula, None)


def test_weights_are_refused(make):
    times = make([1, 2, 3], [1, 1, 0], x=[1, 2, 4])
    weighted = type(times).from_frame(times.data.assign(w=1.5), "days", "status", times.causes, weights="w")
    with pytest.raises(EstimateError, match="weights"):
        log_times(weighted, "x", None)
