"""Rows that belong together and stand together: where each run of equal codes begins, and running values within it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["SPAN", "latest_so_far", "places", "run_starts"]

Ints = NDArray[np.int64]
SPAN = 4_000_000  # wider than any range of day numbers, so that (code, day) is one number


def run_starts(codes: Ints) -> Ints:
    """Give the position of the first row of each run of equal codes.

    >>> run_starts(np.array([4, 4, 7])).tolist()
    [0, 2]
    """
    if not len(codes):
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(np.append(True, codes[1:] != codes[:-1]))


def places(codes: Ints, days: Ints) -> Ints:
    """Give one number for each pair of a code and a day number, ordered as the pairs are; shape (n,)."""
    return codes * SPAN + days


def latest_so_far(codes: Ints, days: Ints) -> Ints:
    """Give the latest day of each run up to each row; codes ascending; shape (n,).

    >>> latest_so_far(np.array([0, 0, 1]), np.array([9, 3, 5])).tolist()
    [9, 9, 5]
    """
    return np.maximum.accumulate(places(codes, days)) - codes * SPAN
