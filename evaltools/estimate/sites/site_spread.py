"""The highest point of a likelihood of two numbers, a mean and how alike sites are, which may be at its edge."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

__all__ = ["highest"]

Floats = NDArray[np.float64]
_LEAST = -6.0


def highest(
    value: Callable[[Floats], tuple[float, Floats]], starts: Sequence[Sequence[float]], most: float, quick: bool = False
) -> tuple[Floats, float]:
    """Climb from several starts and return the best point, shape (2,), and its value.

    value: from a point to the log-likelihood and its gradient (2,). most: upper end of the second number (lower end -6).
    quick: to four digits only.

    >>> at, top = highest(lambda x: (-float(((x - 1) ** 2).sum()), -2 * (x - 1)), [[0, 0]], 18.0)
    >>> at.round(6).tolist()
    [1.0, 1.0]
    """

    def down(at: Floats) -> tuple[float, Floats]:
        loglik, gradient = value(at)
        return -loglik, -gradient

    bounds = [(starts[0][0] - 10, starts[0][0] + 10), (_LEAST, most)]
    choices = {"ftol": 1e-7 if quick else 1e-11, "gtol": 1e-4 if quick else 1e-7, "maxiter": 200}
    found = [minimize(down, start, jac=True, method="L-BFGS-B", bounds=bounds, options=choices) for start in starts]
    best = min(found, key=lambda each: float(each.fun))
    at = np.asarray(best.x, dtype=float)
    return (at, -float(best.fun)) if quick else _polish(value, at, most)


def _polish(value: Callable[[Floats], tuple[float, Floats]], at: Floats, most: float) -> tuple[Floats, float]:
    """Take Newton steps with a differenced gradient, as long as they climb."""
    top, gradient = value(at)
    for _ in range(12):
        h = 1e-5
        bend = np.column_stack([(value(at + h * e)[1] - value(at - h * e)[1]) / (2 * h) for e in np.eye(2)])
        bend = (bend + bend.T) / 2
        if np.linalg.eigvalsh(bend)[-1] >= -1e-9:  # flat: the edge
            break
        there = at - np.linalg.solve(bend, gradient)
        if not _LEAST < there[1] < most:
            break
        better, slope = value(there)
        if better < top - 1e-12 * abs(top) or np.abs(slope).max() >= np.abs(gradient).max():
            break
        at, top, gradient = there, better, slope
    return at, top
