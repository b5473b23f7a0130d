"""Heaping: values that pile up just above a threshold at which a contract pays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

__all__ = ["Beside", "beside", "binomial_tail", "days_held"]


@dataclass(frozen=True)
class Beside:
    """Which values lie just below and just above a threshold (boolean, one a value; a value at it lies above)."""

    below: np.ndarray
    above: np.ndarray


def beside(values: pd.Series, threshold: float, width: float) -> Beside:
    """Find the values within `width` of a threshold, in its unit; a missing value is on neither side.

    >>> found = beside(pd.Series([41.0, 42.0, 48.0, 49.0, None]), 42, 7)
    >>> found.below.tolist(), found.above.tolist()
    ([True, False, False, False, False], [False, True, True, False, False])
    """
    held = values.to_numpy(dtype=float, na_value=np.nan)
    return Beside((held >= threshold - width) & (held < threshold), (held >= threshold) & (held < threshold + width))


def binomial_tail(above: int, below: int) -> float:
    """Give the chance of as many just above, or more, if both sides were as likely: a one-sided exact binomial test.

    Job lengths thin out as they grow, so an even chance is cautious: without heaping fewer lie above than below.

    >>> round(binomial_tail(9, 1), 5)
    0.01074
    """
    from scipy.stats import binom  # half a second, only where there is something to test

    return float(binom.sf(above - 1, above + below, 0.5))


def days_held(jobs: pd.DataFrame) -> pd.Series:
    """Give how many days each job lasted, its first and its last one counted; missing while its end is.

    >>> jobs = pd.DataFrame({"start_date": ["2020-01-01"], "end_date": ["2020-02-11"]}).astype("datetime64[ns]")
    >>> days_held(jobs).tolist()
    [42.0]
    """
    return ((jobs["end_date"] - jobs["start_date"]).dt.days + 1).astype("float64")
