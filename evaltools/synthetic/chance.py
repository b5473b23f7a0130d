"""Draws by inverse transform of plain uniform numbers, so that they are the same wherever they are made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

__all__ = ["choose", "from_quantiles", "normal", "weibull_days"]

Numbers = npt.NDArray[np.float64]


def choose(rng: np.random.Generator, shares: Mapping[str, float], n: int) -> npt.NDArray[np.object_]:
    """Draw codes with given shares.

    Parameters
    ----------
    rng
        Generator.
    shares
        Share by code; they need not add to one.
    n
        How many.

    Returns
    -------
    array
        n codes.
    """
    steps = np.cumsum(list(shares.values()))
    places = np.searchsorted(steps, rng.random(n) * steps[-1], side="right")
    return np.array(list(shares), dtype=object)[places]


def weibull_days(rng: np.random.Generator, shape: float, scale: Numbers | float, n: int) -> Numbers:
    """Draw waiting times.

    Parameters
    ----------
    rng
        Generator.
    shape, scale
        Weibull shape, and scale in days.
    n
        How many.

    Returns
    -------
    array
        Days, not rounded.
    """
    return np.asarray(scale * (-np.log1p(-rng.random(n))) ** (1 / shape), dtype=float)


def normal(rng: np.random.Generator, n: int) -> Numbers:
    """Draw standard normal numbers.

    Parameters
    ----------
    rng
        Generator.
    n
        How many.

    Returns
    -------
    array
        n numbers.
    """
    bell = NormalDist()
    return np.array([bell.inv_cdf(min(max(u, 1e-12), 1 - 1e-12)) for u in rng.random(n)])


def from_quantiles(rng: np.random.Generator, quantiles: Sequence[tuple[float, float]], n: int) -> Numbers:
    """Draw from a distribution given by some of its quantiles, straight between them.

    Parameters
    ----------
    rng
        Generator.
    quantiles
        Pairs of probability and value, from 0 to 1.
    n
        How many.

    Returns
    -------
    array
        n numbers.
    """
    at, values = zip(*quantiles, strict=True)
    return np.interp(rng.random(n), at, values)
