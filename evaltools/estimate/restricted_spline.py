"""Restricted cubic splines: smooth between knots, straight beyond the outer two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["spline_basis", "spline_slope"]

Floats = NDArray[np.float64]


def spline_basis(x: Floats, knots: Floats) -> Floats:
    """Return the columns 1, x and one for each inner knot.

    Parameters
    ----------
    x : numpy.ndarray
        Shape (n,).
    knots : numpy.ndarray
        In order, the outer two included, shape (k,).

    Returns
    -------
    numpy.ndarray
        Shape (n, k).

    References
    ----------
    Royston and Parmar (2002), Statistics in Medicine 21, 2175-2197, section 2.3.

    Examples
    --------
    >>> spline_basis(np.array([0.5, 3.0]), np.array([0.0, 1.0, 2.0])).tolist()
    [[1.0, 0.5, -0.0625], [1.0, 3.0, -6.0]]
    """
    return np.column_stack([np.ones_like(x), x, *(_bent(x, knot, knots, 3) for knot in knots[1:-1])])


def spline_slope(x: Floats, knots: Floats) -> Floats:
    """Return the derivatives of the columns of `spline_basis` with respect to x, shape (n, k)."""
    return np.column_stack([np.zeros_like(x), np.ones_like(x), *(3 * _bent(x, knot, knots, 2) for knot in knots[1:-1])])


def _bent(x: Floats, knot: float, knots: Floats, power: int) -> Floats:
    low, high = knots[0], knots[-1]
    share = (high - knot) / (high - low)

    def above(at: float) -> Floats:
        return np.maximum(x - at, 0) ** power

    return above(knot) - share * above(low) - (1 - share) * above(high)
