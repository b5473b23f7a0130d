"""Exact limits between which a site at the target would fall: binomial, Poisson and beta-binomial, smooth in size."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import betabinom, binom, poisson

from evaltools.errors import EstimateError, Problem

__all__ = ["beta_binomial_limits", "binomial_limits", "level_name", "poisson_limits", "tails"]

Floats = NDArray[np.float64]


def level_name(level: float) -> str:
    """Return a level as it stands in a column's name.

    >>> level_name(0.95), level_name(0.998)
    ('95', '998')
    """
    return f"{100 * level:g}".replace(".", "")


def tails(level: float) -> tuple[float, float]:
    """Return the probabilities below the lower and the upper limit; EstimateError E110 for what is no level."""
    if not 0 < level < 1:
        raise EstimateError(
            Problem("E110", f"{level} is not a confidence level", fix="give a share between 0 and 1, for example 0.95")
        )
    return (1 - level) / 2, (1 + level) / 2


def binomial_limits(n: ArrayLike, target: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return limits of a proportion.

    Parameters
    ----------
    n : array_like
        People of each site, above 0.
    target : array_like
        Probability, a number or one a site.
    level : float
        Share of sites at the target that fall within.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper limits, interpolated between whole counts so that they are smooth in n. A lower limit may lie a
        little below 0, by less than one person, where no site can fall below it.

    References
    ----------
    Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, appendix A.1.1.

    Examples
    --------
    >>> lower, upper = binomial_limits([58], 0.34314381270903)
    >>> round(float(lower[0]), 6), round(float(upper[0]), 6)
    (0.214292, 0.459763)
    """
    size, theta = np.broadcast_arrays(np.asarray(n, dtype=float), np.asarray(target, dtype=float))
    lower, upper = (_interpolate(binom(size, theta), p) / size for p in tails(level))
    return lower, upper


def poisson_limits(expected: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return limits of a ratio of observed to expected events, each interpolated as in `binomial_limits`.

    Parameters
    ----------
    expected : array_like
        Expected events of each site, above 0.
    level : float
        Share of sites at the target that fall within.

    Examples
    --------
    >>> lower, upper = poisson_limits([18.1914822105422])
    >>> round(float(lower[0]), 6), round(float(upper[0]), 6)
    (0.539253, 1.459052)
    """
    mean = np.asarray(expected, dtype=float)
    lower, upper = (_interpolate(poisson(mean), p) / mean for p in tails(level))
    return lower, upper


def beta_binomial_limits(n: ArrayLike, target: ArrayLike, rho: float, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return limits of a proportion when sites at the target differ with an intraclass correlation rho.

    Parameters
    ----------
    n, target, level
        As in `binomial_limits`.
    rho : float
        1 / (a + b + 1) of the beta distribution of sites; 0 gives `binomial_limits`.
    """
    if rho <= 0:
        return binomial_limits(n, target, level)
    size, theta = np.broadcast_arrays(np.asarray(n, dtype=float), np.asarray(target, dtype=float))
    both = 1 / rho - 1
    lower, upper = (_interpolate(betabinom(size, theta * both, (1 - theta) * both), p) / size for p in tails(level))
    return lower, upper


def _interpolate(distribution: object, p: float) -> Floats:
    """Return r less the share of its probability by which F(r) exceeds p, r the first count with F(r) of p or more."""
    r = distribution.ppf(p)  # type: ignore[attr-defined]
    share = (distribution.cdf(r) - p) / distribution.pmf(r)  # type: ignore[attr-defined]
    return np.asarray(r - share, dtype=float)
