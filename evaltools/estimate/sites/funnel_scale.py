"""The scale on which sites are held against a target: as they are, or transformed so that chance spreads them evenly."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaltools.estimate.sites.funnel_limits import binomial_limits, poisson_limits
from evaltools.estimate.sites.site_counts import Basis

__all__ = ["FunnelScale", "exact_limits", "funnel_scale"]

Floats = NDArray[np.float64]


class FunnelScale(NamedTuple):
    """forward and back: between values and the scale. spread: standard deviation on it, from target and size, by chance."""

    forward: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    spread: Callable[[Floats, Floats], Floats]


def _same(values: Floats) -> Floats:
    return values


def _arcsine(values: Floats) -> Floats:
    return np.asarray(np.arcsin(np.sqrt(np.clip(values, 0, 1))))


def _sine(values: Floats) -> Floats:
    return np.asarray(np.sin(np.clip(values, 0, np.pi / 2)) ** 2)


def _square(values: Floats) -> Floats:
    return np.asarray(np.maximum(values, 0) ** 2)


def funnel_scale(basis: Basis, transformed: bool) -> FunnelScale:
    """Return the plain scale, or the arcsine of shares and the square root of rates and ratios.

    References
    ----------
    Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, table I.

    Examples
    --------
    >>> float(funnel_scale("proportion", False).spread(np.array(0.5), np.array(25.0)))
    0.1
    """
    if basis == "proportion":
        if transformed:
            return FunnelScale(_arcsine, _sine, lambda target, n: 0.5 / np.sqrt(n) + 0 * target)
        return FunnelScale(_same, _same, lambda target, n: np.sqrt(target * (1 - target) / n))
    if transformed:
        return FunnelScale(np.sqrt, _square, lambda target, n: 0.5 / np.sqrt(n) + 0 * target)
    return FunnelScale(_same, _same, lambda target, n: np.sqrt(target / n))


def exact_limits(basis: Basis, size: Floats, target: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the exact limits of sites of a size at the target: binomial for shares, else Poisson.

    >>> [round(float(limit[0]), 2) for limit in exact_limits("rate", np.array([100.0]), np.array([0.1]), 0.95)]
    [0.04, 0.16]
    """
    if basis == "proportion":
        return binomial_limits(size, target, level)
    lower, upper = poisson_limits(size * target, level)
    return lower * target, upper * target
