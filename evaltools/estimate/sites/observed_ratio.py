"""Observed over expected events, with exact Poisson limits and Byar's approximation to them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import chi2

from evaltools.estimate.sites.funnel_limits import tails

__all__ = ["ObservedRatio", "observed_ratio"]

Floats = NDArray[np.float64]


class ObservedRatio(NamedTuple):
    """Ratio, exact and Byar's limits, and z on the square-root scale, shape (I,) each; missing where nothing is expected."""

    ratio: Floats
    lower: Floats
    upper: Floats
    lower_byar: Floats
    upper_byar: Floats
    z: Floats


def observed_ratio(observed: Floats, expected: Floats, level: float = 0.95) -> ObservedRatio:
    """Return the ratio of observed to expected events.

    Parameters
    ----------
    observed, expected : numpy.ndarray
        Of each site, shape (I,); expected above 0, which is taken as known.
    level : float
        Of the limits.

    References
    ----------
    Garwood (1936), Biometrika 28, 437-442; Breslow and Day (1987), Statistical Methods in Cancer Research II, section 2.3.

    Examples
    --------
    >>> found = observed_ratio(np.array([16.0]), np.array([18.1914822105422]))
    >>> [round(float(each[0]), 4) for each in found[:5]]
    [0.8795, 0.5027, 1.4283, 0.5024, 1.4284]
    """
    low, high = tails(level)
    z = float(ndtri(high))
    known = expected > 0
    e, some = np.where(known, expected, 1.0), np.maximum(observed, 1e-9)
    lower = np.where(observed > 0, chi2.ppf(low, 2 * some) / 2, 0.0)
    upper = chi2.ppf(high, 2 * (observed + 1)) / 2
    more = observed + 1
    lower_byar = np.where(
        observed >= 1,
        observed * (1 - 1 / (9 * np.maximum(observed, 1)) - z / (3 * np.sqrt(np.maximum(observed, 1)))) ** 3,
        0.0,
    )
    upper_byar = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    made = [
        observed / e,
        lower / e,
        upper / e,
        np.maximum(lower_byar, 0) / e,
        upper_byar / e,
        2 * (np.sqrt(observed) - np.sqrt(e)),
    ]
    return ObservedRatio(*(np.where(known, each, np.nan) for each in made))
