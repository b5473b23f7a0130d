"""The beta-binomial model of sites: how far their true shares differ, by maximum likelihood."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, digamma, expit, logit, xlogy

from evaltools.estimate.sites.site_spread import highest

__all__ = ["BetaBinomial", "beta_binomial"]

Floats = NDArray[np.float64]
_MOST = 18.0  # log of a + b above which sites do not differ, to rounding


class BetaBinomial(NamedTuple):
    """Beta distribution of true shares. a, b: missing when sites differ by no more than chance (rho 0).

    mean: a / (a + b). rho: 1 / (a + b + 1). loglik: without the number of orders of the events.
    """

    a: float
    b: float
    mean: float
    rho: float
    loglik: float


def beta_binomial(events: Floats, n: Floats, quick: bool = False) -> BetaBinomial:
    """Fit a beta-binomial distribution to the counts of sites.

    Parameters
    ----------
    events, n : numpy.ndarray
        Events and people of each site, shape (I,).
    quick : bool
        To four digits only, for resamples.

    Returns
    -------
    BetaBinomial
        With rho 0 where sites differ by no more than chance, all shares are the same, or there is one site.

    References
    ----------
    Griffiths (1973), Biometrics 29, 637-648.

    Examples
    --------
    >>> round(beta_binomial(np.array([1.0, 9.0, 5.0]), np.array([10.0, 10.0, 10.0])).mean, 3)
    0.5
    """
    pooled = float(events.sum() / n.sum())
    same = BetaBinomial(
        np.nan, np.nan, pooled, 0.0, float(xlogy(events, pooled).sum() + xlogy(n - events, 1 - pooled).sum())
    )
    if len(n) < 2 or pooled in (0.0, 1.0):
        return same

    def value(at: Floats) -> tuple[float, Floats]:
        mean, both = expit(at[0]), np.exp(at[1])
        a, b = mean * both, (1 - mean) * both
        total = digamma(both) - digamma(n + both)
        by_a = float((digamma(events + a) - digamma(a) + total).sum())
        by_b = float((digamma(n - events + b) - digamma(b) + total).sum())
        slope = both * mean * (1 - mean)
        loglik = float((betaln(events + a, n - events + b) - betaln(a, b)).sum())
        return loglik, np.array([slope * (by_a - by_b), a * by_a + b * by_b])

    at, loglik = highest(value, [[logit(pooled), spread] for spread in ((4.0,) if quick else (2.0, 5.0))], _MOST, quick)
    if at[1] >= _MOST - 0.01 or loglik < same.loglik:
        return same
    mean, both = float(expit(at[0])), float(np.exp(at[1]))
    return BetaBinomial(mean * both, (1 - mean) * both, mean, 1 / (both + 1), loglik)
