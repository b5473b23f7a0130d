"""Do sites differ by more than chance: over-dispersion of z-scores, as a factor and as a variance with interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.stats import chi2

from evaltools.estimate.sites.funnel_limits import tails

__all__ = ["OverDispersion", "additive_variance", "over_dispersion", "profile_interval", "winsorise"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OverDispersion:
    """Over-dispersion of I sites.

    phi: mean square of the winsorised z-scores; phi_raw: without winsorising. lowest, highest: z-scores to which the others
    are pulled in. tau2: variance between sites beyond chance, on the scale of the values; lower, upper: Q-profile interval
    of tau2, missing with fewer than three sites. statistic, p: I * phi against chi-squared with I degrees of freedom.
    """

    sites: int
    phi: float
    phi_raw: float
    lowest: float
    highest: float
    tau2: float
    lower: float
    upper: float
    statistic: float
    p: float
    level: float

    @property
    def tau(self) -> tuple[float, float, float]:
        """Standard deviation between sites and its interval."""
        value, lower, upper = np.sqrt([self.tau2, self.lower, self.upper])
        return float(value), float(lower), float(upper)


def winsorise(z: Floats, share: float = 0.1) -> Floats:
    """Pull the lowest and the highest share of values in to the quantiles (type 7) at share and 1 - share.

    >>> winsorise(np.array([0.0, 1.0, 2.0, 3.0, 10.0]), 0.25).tolist()
    [1.0, 1.0, 2.0, 3.0, 3.0]
    """
    return np.clip(z, *np.quantile(z, [share, 1 - share]))


def additive_variance(phi: float, s: Floats) -> float:
    """Return tau squared by the method of moments.

    phi: winsorised over-dispersion. s: standard deviations by chance alone, shape (I,).

    References
    ----------
    DerSimonian and Laird (1986), Controlled Clinical Trials 7, 177-188; Spiegelhalter (2005), appendix A.3.
    """
    w, sites = 1 / s**2, len(s)
    spread = float(w.sum() - (w**2).sum() / w.sum())
    return max(0.0, (sites * phi - (sites - 1)) / spread) if sites > 1 and spread > 0 else 0.0


def profile_interval(values: Floats, s: Floats, level: float = 0.95, centre: ArrayLike | None = None) -> tuple[float, float]:
    """Return the Q-profile interval of the variance between sites.

    Parameters
    ----------
    values, s : numpy.ndarray
        Of each site: value and its standard deviation by chance alone, shape (I,).
    level : float
        Confidence level.
    centre : array_like, optional
        A target that was set beforehand; the mean of the sites without.

    Returns
    -------
    tuple of float
        Missing with fewer than three sites.

    References
    ----------
    Viechtbauer (2007), Statistics in Medicine 26, 37-52.
    """
    if len(values) < 3:
        return np.nan, np.nan
    df = len(values) - (centre is None)

    def q(tau2: float) -> float:
        w = 1 / (s**2 + tau2)
        middle = (w @ values) / w.sum() if centre is None else np.asarray(centre, dtype=float)
        return float(w @ (values - middle) ** 2)

    low, high = tails(level)
    return _root(q, float(chi2.ppf(high, df)), s), _root(q, float(chi2.ppf(low, df)), s)


def _root(q: Callable[[float], float], wanted: float, s: Floats) -> float:
    """Return where the falling function q meets what is wanted; 0 when it starts below it."""
    if q(0.0) <= wanted:
        return 0.0
    above = float(np.max(s) ** 2)
    while q(above) > wanted:
        above *= 4
    return float(brentq(lambda tau2: q(tau2) - wanted, 0.0, above, xtol=1e-15, rtol=1e-12))


def over_dispersion(
    values: Floats, target: ArrayLike, s: Floats, share: float = 0.1, level: float = 0.95, external: bool = False
) -> OverDispersion:
    """Measure how much more sites differ from the target than by chance.

    Parameters
    ----------
    values : numpy.ndarray
        Value of each site, shape (I,).
    target : array_like
        A number, or one a site.
    s : numpy.ndarray
        Standard deviation of each value at the target, by chance alone.
    share : float
        Share of sites winsorised at each end.
    level : float
        Of the interval of tau.
    external : bool
        The target was set beforehand, not taken from the sites: the interval is about it.

    References
    ----------
    Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, section 5.

    Examples
    --------
    >>> found = over_dispersion(np.array([0.2, 0.3, 0.5]), 0.3, np.array([0.05, 0.05, 0.05]), share=0)
    >>> round(found.phi, 3), round(found.tau2, 4)
    (6.667, 0.0225)
    """
    z = (values - np.asarray(target, dtype=float)) / s
    held = winsorise(z, share)
    phi = float(np.mean(held**2))
    lower, upper = profile_interval(values, s, level, target if external else None)
    statistic = len(z) * phi
    lowest, highest = np.quantile(z, [share, 1 - share])
    return OverDispersion(
        len(z),
        phi,
        float(np.mean(z**2)),
        float(lowest),
        float(highest),
        additive_variance(phi, s),
        lower,
        upper,
        statistic,
        float(chi2.sf(statistic, len(z))),
        level,
    )
