"""Efron's steps: events on the same day taken one after another, each with its share of the tied people still at risk."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["TieSteps", "tie_steps"]


class TieSteps(NamedTuple):
    """The d steps r = 0 .. d-1 of each event time, one event time after the other.

    of: event time of each step. share: r/d. square: its square. first: shape (K,), where the steps of each time begin.
    """

    of: NDArray[np.int64]
    share: NDArray[np.float64]
    square: NDArray[np.float64]
    first: NDArray[np.int64]


def tie_steps(deaths: NDArray[np.float64]) -> TieSteps:
    """Lay out the steps.

    Parameters
    ----------
    deaths : numpy.ndarray
        Number of events at each event time, shape (K,), each at least 1.

    References
    ----------
    Efron (1977), Journal of the American Statistical Association 72, 557-565.

    Examples
    --------
    >>> tie_steps(np.array([2.0, 1.0])).share.tolist()
    [0.0, 0.5, 0.0]
    """
    count = deaths.astype(np.int64)
    of = np.repeat(np.arange(len(count)), count)
    first = np.cumsum(count) - count
    share = (np.arange(len(of)) - first[of]) / deaths[of]
    return TieSteps(of, share, share**2, first)
