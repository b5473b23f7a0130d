"""How far sites differ beyond chance: Q, I squared, tau with its interval, and where a new site would fall."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2, norm, t

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.sites.funnel_limits import tails
from evaltools.estimate.sites.over_dispersion import additive_variance, profile_interval

__all__ = ["Heterogeneity", "heterogeneity"]


@dataclass(frozen=True)
class Heterogeneity:
    """Spread of I sites. q, df, p: Cochran's test. i2: share of the spread that is not chance, with its interval.

    tau2 with its Q-profile interval. pooled: mean of a random-effects model with interval (normal). predicted: interval in
    which a new site would fall (t with I - 2 degrees of freedom); missing with fewer than three sites, as is that of tau2.
    """

    sites: int
    q: float
    df: int
    p: float
    i2: float
    i2_lower: float
    i2_upper: float
    tau2: float
    tau2_lower: float
    tau2_upper: float
    pooled: float
    se: float
    lower: float
    upper: float
    predicted_lower: float
    predicted_upper: float
    level: float
    method: str = "DerSimonian-Laird; Q-profile; prediction by t with I - 2 degrees of freedom"


def heterogeneity(values: ArrayLike, se: ArrayLike, level: float = 0.95) -> Heterogeneity:
    """Measure how far sites differ.

    Parameters
    ----------
    values, se : array_like
        Estimate of each site on a scale where it is nearly normal (a logit, a log ratio), and its standard error above 0.
    level : float
        Of every interval.

    Returns
    -------
    Heterogeneity
        EstimateError E237 with fewer than two sites or an error that is not above 0.

    References
    ----------
    Higgins and Thompson (2002), Statistics in Medicine 21, 1539-1558; Higgins, Thompson and Spiegelhalter (2009), Journal
    of the Royal Statistical Society A 172, 137-159.

    Examples
    --------
    >>> found = heterogeneity([0.1, 0.3, 0.8], [0.1, 0.1, 0.2])
    >>> round(found.q, 2), found.df, round(found.i2, 2)
    (10.0, 2, 0.8)
    """
    y, s = np.asarray(values, dtype=float), np.asarray(se, dtype=float)
    if len(y) < 2 or not (np.isfinite(y).all() and np.isfinite(s).all() and (s > 0).all()):
        raise EstimateError(
            Problem("E237", "how far sites differ needs two or more estimates with standard errors above 0",
                    fix="leave out sites without events or people, or pool them")
        )  # fmt: skip
    w, df = 1 / s**2, len(y) - 1
    middle = float(w @ y / w.sum())
    q = float(w @ (y - middle) ** 2)
    tau2 = additive_variance(q / len(y), s)
    low, high = profile_interval(y, s, level)
    wide = 1 / (s**2 + tau2)
    pooled, error = float(wide @ y / wide.sum()), float(1 / np.sqrt(wide.sum()))
    z = float(norm.ppf(tails(level)[1]))
    reach = float(t.ppf(tails(level)[1], df - 1)) * np.sqrt(tau2 + error**2) if df > 1 else np.nan
    typical = float(df * w.sum() / (w.sum() ** 2 - (w**2).sum()))
    shares = [float(v / (v + typical)) for v in (low, high)]
    return Heterogeneity(
        len(y), q, df, float(chi2.sf(q, df)), max(0.0, (q - df) / q) if q > 0 else 0.0,
        shares[0], shares[1], tau2, low, high,
        pooled, error, pooled - z * error, pooled + z * error, float(pooled - reach), float(pooled + reach), level,
    )  # fmt: skip
