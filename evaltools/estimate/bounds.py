"""Worst and best case: the shares that remain possible whatever is true of the people of unknown status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import critical_value

__all__ = ["Bounds", "bounds"]


@dataclass(frozen=True)
class Bounds:
    """The possible shares and an interval that covers the true share with the given confidence.

    x of n people had the outcome, for `unknown` of them it is not known. worst, best: share if none, or all, of the unknown
    had it. lower, upper: limits of the interval (Imbens-Manski). critical: standard normal quantile that they use.
    """

    x: float
    n: float
    unknown: float
    worst: float
    best: float
    lower: float
    upper: float
    critical: float
    level: float
    ci_method: str
    method: str = "Manski bounds"

    @property
    def width(self) -> float:
        """Give the distance from worst to best: the unknown as a share of all."""
        return self.best - self.worst


def bounds(x: float, n: float, unknown: float, level: float = 0.95, ci: Literal["wilson", "normal"] = "wilson") -> Bounds:
    """Bound a share when the status of some people is not known.

    Parameters
    ----------
    x : float
        People seen to have the outcome.
    n : float
        All people, known and unknown.
    unknown : float
        Those of the n whose status is not known.
    level : float
        Confidence that the true share, not the whole range of bounds, lies within the limits.
    ci : {'wilson', 'normal'}
        Limits of each bound: Wilson's (those of `proportion` when nobody is unknown), or the normal ones of the paper.

    Returns
    -------
    Bounds
        EstimateError when the counts are not possible.

    References
    ----------
    Manski (1989), Journal of Human Resources 24, 343-360; Imbens and Manski (2004), Econometrica 72, 1845-1857.

    Examples
    --------
    >>> found = bounds(155, 360, 9)
    >>> f"{found.worst:.3f} to {found.best:.3f} ({found.lower:.3f} to {found.upper:.3f})"
    '0.431 to 0.456 (0.387 to 0.500)'
    """
    counts = np.array([x, n, unknown], dtype=float)
    if not np.isfinite(counts).all() or (counts < 0).any() or n == 0 or x + unknown > n:
        fix = "give x >= 0, unknown >= 0 and n of at least x + unknown"
        raise EstimateError(Problem("E160", "the counts are not possible", detail="x, n, unknown", fix=fix))
    if ci not in ("wilson", "normal"):
        raise EstimateError(Problem("E104", f"there is no interval called '{ci}'", fix="use one of: wilson, normal"))
    worst, best = x / n, (x + unknown) / n
    errors = [np.sqrt(p * (1 - p) / n) for p in (worst, best)]
    z = _critical(best - worst, float(max(errors)), level)
    if ci == "wilson":
        lower, upper = _wilson(worst, n, z, -1), _wilson(best, n, z, 1)
    else:
        lower, upper = worst - z * errors[0], best + z * errors[1]
    return Bounds(x, n, unknown, worst, best, max(lower, 0.0), min(upper, 1.0), z, level, f"Imbens-Manski, {ci}")


def _critical(width: float, error: float, level: float) -> float:
    """Return c with P(-c - width / error < Z < c) = level: between the one-sided and the two-sided quantile."""
    two_sided = critical_value(level)
    if width == 0:
        return two_sided
    one_sided = float(norm.ppf(level))
    if error == 0 or width / error > 40:
        return one_sided
    return float(brentq(lambda c: norm.cdf(c + width / error) - norm.cdf(-c) - level, one_sided - 1e-9, two_sided + 1e-9))


def _wilson(p: float, n: float, z: float, side: int) -> float:
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    if (side < 0 and p == 0) or (side > 0 and p == 1):
        return p
    return float((p + z**2 / (2 * n) + side * half) / (1 + z**2 / n))
