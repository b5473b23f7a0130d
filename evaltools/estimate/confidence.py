"""Pointwise confidence intervals of a probability on a transformed scale; missing where none can be given."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from evaltools.errors import EstimateError, Problem

__all__ = ["INTERVALS", "Interval", "IntervalName", "critical_value", "probability_interval"]

IntervalName = Literal["log-log", "log", "plain"]
INTERVALS: tuple[IntervalName, ...] = ("log-log", "log", "plain")
_ROUNDING = 1e-9  # a probability this near to 0 or 1, or an error this small, is 0 or 1 that was rounded on the way


class Interval(NamedTuple):
    """Lower and upper limits, each of the shape of the estimates; missing where no interval can be given."""

    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


def critical_value(level: float) -> float:
    """Return the two-sided standard normal quantile for a confidence level, for example 1.96 for 0.95.

    Parameters
    ----------
    level : float
        Between 0 and 1, both excluded; EstimateError otherwise.

    Examples
    --------
    >>> round(critical_value(0.95), 2)
    1.96
    """
    if not 0 < level < 1:
        raise EstimateError(
            Problem("E110", f"{level} is not a confidence level", fix="give a share between 0 and 1, for example 0.95")
        )
    return float(ndtri(0.5 + level / 2))


def probability_interval(
    value: NDArray[np.float64], se: NDArray[np.float64], level: float = 0.95, ci: IntervalName = "log-log"
) -> Interval:
    """Return the limits of probabilities with known standard errors.

    Parameters
    ----------
    value, se : numpy.ndarray
        Probabilities and their standard errors.
    level : float
        Confidence level.
    ci : {'log-log', 'log', 'plain'}
        Scale on which the interval is symmetric. For an incidence, 'log-log' is log(-log incidence).

    Returns
    -------
    Interval
        Limits within 0 and 1, missing where the value is 0 or 1 or has no standard error above 0.

    References
    ----------
    Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data, 2nd edition, section 1.4.

    Examples
    --------
    >>> limits = probability_interval(np.array([0.5]), np.array([0.1]), ci="plain")
    >>> limits.lower.round(3).tolist(), limits.upper.round(3).tolist()
    ([0.304], [0.696])
    """
    if ci not in INTERVALS:
        raise EstimateError(
            Problem("E104", f"there is no interval called '{ci}'", fix=f"use one of: {', '.join(INTERVALS)}")
        )
    z = critical_value(level)
    known = (value > _ROUNDING) & (value < 1 - _ROUNDING) & (se > _ROUNDING)
    p = np.where(known, value, 0.5)
    e = np.where(known, se, 0.0)
    if ci == "plain":
        lower, upper = p - z * e, p + z * e
    elif ci == "log":
        lower, upper = p * np.exp(-z * e / p), p * np.exp(z * e / p)
    else:
        half = z * e / (p * np.abs(np.log(p)))
        lower, upper = np.exp(np.log(p) * np.exp(half)), np.exp(np.log(p) * np.exp(-half))
    lower, upper = np.clip(lower, 0.0, 1.0), np.clip(upper, 0.0, 1.0)
    return Interval(np.where(known, lower, np.nan), np.where(known, upper, np.nan))
