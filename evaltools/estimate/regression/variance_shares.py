"""How much groups differ, in words that people use: intraclass correlation and median ratio."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

__all__ = ["intraclass_correlation", "median_ratio"]


def intraclass_correlation(family: str, between: float, within: float = 0.0, mean: float = 1.0) -> float:
    """Return the share of variation that lies between groups.

    binomial: on the latent logistic scale, between / (between + pi^2/3). gaussian: between / (between + within). poisson: of
    counts with this marginal mean, exact for log-normal rates.

    References
    ----------
    Goldstein, Browne and Rasbash (2002), Understanding Statistics 1, 223-231; Nakagawa, Johnson and Schielzeth (2017),
    Journal of the Royal Society Interface 14, 20170213.

    Examples
    --------
    >>> round(intraclass_correlation("binomial", 0.5), 4), intraclass_correlation("gaussian", 1.0, 3.0)
    (0.1319, 0.25)
    """
    if family == "binomial":
        return float(between / (between + np.pi**2 / 3))
    if family == "gaussian":
        return between / (between + within)
    grown = float(mean * np.expm1(between))
    return grown / (grown + 1)


def median_ratio(between: float) -> float:
    """Return the median odds (or rate) ratio: of two groups picked at random, the higher against the lower.

    between: variance of the intercepts on the log scale.

    References
    ----------
    Larsen and Merlo (2005), American Journal of Epidemiology 161, 81-88.

    Examples
    --------
    >>> round(median_ratio(0.0583248316226519), 5)
    1.25906
    """
    return float(np.exp(np.sqrt(2 * between) * ndtri(0.75)))
