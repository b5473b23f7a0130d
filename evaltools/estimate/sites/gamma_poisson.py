"""The gamma-Poisson model of sites: how far their true rates or ratios differ, by maximum likelihood."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, gammaln, xlogy

from evaltools.estimate.sites.site_spread import highest

__all__ = ["GammaPoisson", "gamma_poisson"]

Floats = NDArray[np.float64]
_MOST = 18.0


class GammaPoisson(NamedTuple):
    """Gamma distribution of true rates. shape: missing when sites differ by no more than chance (variance 0).

    rate: shape / mean, missing with it. mean: of the rates. variance: between sites. loglik: full.
    """

    shape: float
    rate: float
    mean: float
    variance: float
    loglik: float


def gamma_poisson(events: Floats, exposure: Floats, quick: bool = False) -> GammaPoisson:
    """Fit a gamma-Poisson (negative binomial) distribution to the counts of sites.

    Parameters
    ----------
    events, exposure : numpy.ndarray
        Events of each site and its time at risk or expected events, shape (I,).
    quick : bool
        To four digits only, for resamples.

    References
    ----------
    Clayton and Kaldor (1987), Biometrics 43, 671-681.

    Examples
    --------
    >>> fit = gamma_poisson(np.array([2.0, 30.0, 9.0]), np.array([10.0, 10.0, 10.0]))
    >>> round(fit.mean, 3), fit.variance > 0
    (1.367, True)
    """
    pooled = float(events.sum() / exposure.sum())
    made = float((xlogy(events, exposure) - gammaln(events + 1)).sum())
    same = GammaPoisson(np.nan, np.nan, pooled, 0.0, made + float((xlogy(events, pooled) - pooled * exposure).sum()))
    if len(events) < 2 or pooled == 0:
        return same

    def value(at: Floats) -> tuple[float, Floats]:
        mean, k = np.exp(at[0]), np.exp(at[1])
        mu = mean * exposure
        share = (events - mu) / (k + mu)
        loglik = gammaln(events + k) - gammaln(k) - k * np.log1p(mu / k) + events * np.log(mean / (k + mu))
        by_k = digamma(events + k) - digamma(k) - np.log1p(mu / k) - share
        return float(loglik.sum()), np.array([float((k * share).sum()), k * float(by_k.sum())])

    at, loglik = highest(value, [[np.log(pooled), spread] for spread in ((2.0,) if quick else (1.0, 4.0))], _MOST, quick)
    if at[1] >= _MOST - 0.01 or made + loglik < same.loglik:
        return same
    mean, shape = float(np.exp(at[0])), float(np.exp(at[1]))
    return GammaPoisson(shape, shape / mean, mean, mean**2 / shape, made + loglik)
