from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.day_numbers import cause_names, column_numbers, day_numbers, once_each, tie_near_days
from evaltools.errors import EstimateError


def test_numbers_spans_and_words_are_told_apart():
    frame = pd.DataFrame({"days": ["3", "soon", None], "span": pd.to_timedelta([1.5, 2, None], "D")})
    assert day_numbers(frame, "days").wordy.tolist() == [False, True, False]
    assert day_numbers(frame, "span").values[:2].tolist() == [1.5, 2.0]
    assert not day_numbers(frame, "span").wordy.any()
    assert day_numbers(frame, None).values.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("read", [day_numbers, column_numbers])
def test_dates_are_refused(read):
    frame = pd.DataFrame({"days": pd.to_datetime(["2020-01-01", None])})
    with pytest.raises(EstimateError, match="holds dates"):
        read(frame, "days")
    with pytest.raises(EstimateError, match="holds complex numbers"):
        read(pd.DataFrame({"days": [1 + 1j]}), "days")
    with pytest.raises(EstimateError, match="holds dates"):
        read(pd.DataFrame({"days": pd.period_range("2020-01", periods=2, freq="M")}), "days")


def test_near_days_become_the_lower_one_and_others_stay():
    days, entry = tie_near_days(np.array([0.1 + 0.2, 0.3, 1000.0, 1000.000001]), np.array([0.3, 0.0, 0.1, 0.1]))
    assert days.tolist() == [0.3, 0.3, 1000.0, 1000.0]  # the second pair by its share of the mean day
    assert entry.tolist() == [0.3, 0.0, 0.1, 0.1]
    whole = np.array([1.0, 2.0])
    assert tie_near_days(whole, np.zeros(2))[0] is whole


def test_cause_names_are_checked():
    assert cause_names(None) == {1: "event"}
    assert cause_names({np.int64(1): "job", 2.0: "left"}) == {1: "job", 2: "left"}
    with pytest.raises(EstimateError, match=r"1\.5 cannot be the code"):
        cause_names({1.5: "job"})


def test_columns_of_one_name_are_refused():
    with pytest.raises(EstimateError, match="'a', 'b'"):
        once_each(pd.DataFrame([[1, 2, 3, 4]], columns=["a", "b", "a", "b"]))
