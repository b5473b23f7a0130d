"""How many of the first people of a list score lower, for many lengths of the list at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["count_below"]

Integers = NDArray[np.int64]


def count_below(ranks: Integers, first: Integers, below: Integers) -> Integers:
    """Count, for each question, ranks lower than `below` among the `first` leading entries.

    Every bit of the ranks is one pass: entries are parted by the bit, in order, and each question follows its side. That is
    n log n in whole-array steps, without a loop over people.

    Parameters
    ----------
    ranks : numpy.ndarray
        Shape (n,), whole numbers from 0.
    first, below : numpy.ndarray
        Shape (q,), length of the leading part and bound of each question.

    Examples
    --------
    >>> count_below(np.array([2, 0, 1, 3]), np.array([2, 4, 4]), np.array([2, 2, 4])).tolist()
    [1, 2, 4]
    """
    bits = int(max(ranks.max(initial=0), below.max(initial=0))).bit_length()
    level, start, stop = ranks, np.zeros(len(first), dtype=np.int64), first.astype(np.int64)
    count = np.zeros(len(first), dtype=np.int64)
    for bit in range(bits - 1, -1, -1):
        high = (level >> bit) & 1
        lows = np.concatenate([[0], np.cumsum(1 - high)])
        start_low, stop_low = lows[start], lows[stop]
        up = ((below >> bit) & 1).astype(bool)
        count += np.where(up, stop_low - start_low, 0)
        start = np.where(up, lows[-1] + start - start_low, start_low)
        stop = np.where(up, lows[-1] + stop - stop_low, stop_low)
        level = level[np.argsort(high, kind="stable")]
    return count
