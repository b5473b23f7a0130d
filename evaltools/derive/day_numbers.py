"""Dates as whole numbers of days, for arithmetic on many of them at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["LONG_AGO", "NEVER", "day_numbers", "to_dates"]

LONG_AGO = -1_000_000
"""A day before every date: stands for a missing date where the latest is sought."""

NEVER = 1_000_000
"""A day after every date: stands for a missing date where the earliest is sought."""


def day_numbers(dates: pd.Series, missing: int = NEVER) -> NDArray[np.int64]:
    """Give each date as days since 1 January 1970, shape (n,); `missing` where there is none. Times of day are dropped.

    >>> day_numbers(pd.Series(pd.to_datetime(["1970-01-03", None]))).tolist()
    [2, 1000000]
    """
    days = dates.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), missing, days.astype(np.int64))


def to_dates(days: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Give dates for numbers of days, shape (n,); none for LONG_AGO and NEVER.

    >>> pd.Series(to_dates(np.array([2, NEVER]))).isna().tolist()
    [False, True]
    """
    known = (days > LONG_AGO) & (days < NEVER)
    dates = np.where(known, days, 0).astype("datetime64[D]").astype("datetime64[ns]")
    dates[~known] = np.datetime64("NaT")
    return dates
