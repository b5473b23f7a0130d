"""Where the names of dots go, so that no name covers a dot or another name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["place_labels"]

Floats = NDArray[np.float64]
_HIGH = 0.17  # inches of a line of text
_APART = 0.09


def place_labels(dots: Floats, widths: Sequence[float], room: Floats) -> list[tuple[float, float]]:
    """Choose for each dot the nearest free place for its name.

    Parameters
    ----------
    dots : numpy.ndarray
        Places of the dots in inches, shape (k, 2).
    widths : sequence of float
        Of the names, in inches.
    room : numpy.ndarray
        Width and height of the picture, in inches.

    Returns
    -------
    list of tuple
        Left end and middle height of each name, in inches.

    Examples
    --------
    >>> [tuple(round(float(v), 2) for v in at) for at in place_labels(np.array([[1.0, 1.0]]), [0.5], np.array([5.0, 3.0]))]
    [(1.09, 1.0)]
    """
    taken = [(x - 0.06, y - 0.06, x + 0.06, y + 0.06) for x, y in dots]
    found: list[tuple[float, float]] = [(0.0, 0.0)] * len(dots)
    for at in np.argsort(dots[:, 0], kind="stable"):
        x, y = dots[at]
        wide = widths[at]
        places = [
            (left, y + step * _HIGH)
            for step in (0, 1, -1, 2, -2, 3, -3)
            for left in (x + _APART, x - _APART - wide, *((x - wide / 2,) if step else ()))
        ]
        own = taken[:at] + taken[at + 1 :]
        costs = [_cover(left, middle, wide, own, room) + 0.002 * rank for rank, (left, middle) in enumerate(places)]
        left, middle = places[int(np.argmin(costs))]
        found[at] = (float(left), float(middle))
        taken.append((left, middle - _HIGH / 2, left + wide, middle + _HIGH / 2))
    return found


def _cover(
    left: float, middle: float, wide: float, taken: Sequence[tuple[float, float, float, float]], room: Floats
) -> float:
    """Return how much of what is taken, and of the outside, a name would cover, in square inches."""
    low, high, right = middle - _HIGH / 2, middle + _HIGH / 2, left + wide
    covered = sum(
        max(0.0, min(right, x1) - max(left, x0)) * max(0.0, min(high, y1) - max(low, y0)) for x0, y0, x1, y1 in taken
    )
    outside = max(0.0, -left) + max(0.0, right - float(room[0])) + max(0.0, -low) + max(0.0, high - float(room[1]))
    return covered + outside
