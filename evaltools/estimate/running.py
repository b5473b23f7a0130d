"""Running sums and products down the rows of several groups at once: each group starts afresh."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["previous", "running_product", "running_sum", "sum_from_here"]

Floats = NDArray[np.float64]
Starts = NDArray[np.int64]


def running_sum(values: NDArray, starts: Starts) -> NDArray:
    """Return the sum of a group's rows up to each row.

    Parameters
    ----------
    values : numpy.ndarray
        Shape (..., R): the rows of the groups one after the other.
    starts : numpy.ndarray
        Shape (G + 1,): the first row of each group, and R.

    Examples
    --------
    >>> running_sum(np.array([1, 2, 3, 4]), np.array([0, 2, 4])).tolist()
    [1, 3, 3, 7]
    """
    out = np.empty_like(values)
    for first, end in pairwise(starts):
        np.cumsum(values[..., first:end], axis=-1, out=out[..., first:end])
    return out


def running_product(values: Floats, starts: Starts) -> Floats:
    """Return the product of a group's rows up to each row; arguments as for `running_sum`.

    Examples
    --------
    >>> running_product(np.array([0.5, 0.5, 0.8]), np.array([0, 2, 3])).tolist()
    [0.5, 0.25, 0.8]
    """
    out = np.empty_like(values)
    for first, end in pairwise(starts):
        np.cumprod(values[..., first:end], axis=-1, out=out[..., first:end])
    return out


def sum_from_here(values: NDArray, starts: Starts) -> NDArray:
    """Return the sum of a group's rows from each row to its last; arguments as for `running_sum`.

    Examples
    --------
    >>> sum_from_here(np.array([1, 2, 3]), np.array([0, 2, 3])).tolist()
    [3, 2, 3]
    """
    out = np.empty_like(values)
    for first, end in pairwise(starts):
        out[..., first:end] = np.cumsum(values[..., first:end][..., ::-1], axis=-1)[..., ::-1]
    return out


def previous(values: Floats, starts: Starts, at_start: float) -> Floats:
    """Return the value of the row before, and `at_start` for the first row of each group.

    Examples
    --------
    >>> previous(np.array([0.5, 0.25, 0.8]), np.array([0, 2, 3]), 1.0).tolist()
    [1.0, 0.5, 1.0]
    """
    out = np.empty_like(values)
    out[..., 1:] = values[..., :-1]
    out[..., starts[:-1][np.diff(starts) > 0]] = at_start
    return out
