from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.derive.day_numbers import LONG_AGO, NEVER, day_numbers, to_dates


def test_dates_and_numbers_go_both_ways_and_times_of_day_are_dropped():
    dates = pd.Series(pd.to_datetime(["2024-02-29", "1969-12-31", "1970-01-01 23:59", None], format="ISO8601"))
    numbers = day_numbers(dates, LONG_AGO)
    assert numbers.tolist() == [19782, -1, 0, LONG_AGO]
    back = pd.Series(to_dates(numbers))
    assert back.dtype == "datetime64[ns]"
    assert back.equals(dates.dt.normalize())


def test_a_missing_date_is_before_or_after_every_other():
    missing = pd.Series([pd.NaT], dtype="datetime64[ns]")
    assert day_numbers(missing).tolist() == [NEVER]
    assert LONG_AGO < day_numbers(pd.Series([pd.Timestamp("1900-01-01")]))[0] < NEVER
    assert np.isnat(to_dates(np.array([LONG_AGO, NEVER]))).all()


def test_nothing_is_nothing():
    assert day_numbers(pd.Series([], dtype="datetime64[ns]")).tolist() == []
    assert to_dates(np.array([], dtype=np.int64)).dtype == "datetime64[ns]"
