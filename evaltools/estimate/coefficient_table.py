"""The table of coefficients that every model of times returns: one row for each term, always the same columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import critical_value

__all__ = ["coefficient_table"]

Floats = NDArray[np.float64]
_ROUNDING = 1e-10  # a robust error this small beside that of the model is 0 but for rounding


def coefficient_table(
    terms: Sequence[str], estimate: Floats, covariance: Floats, robust: Floats | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Lay out coefficients with their errors, Wald intervals and p values.

    Parameters
    ----------
    terms : sequence of str
        Names, in order.
    estimate : numpy.ndarray
        Shape (p,), on the scale of the linear predictor (for a Cox model, log hazard ratios).
    covariance, robust : numpy.ndarray
        Shape (p, p), from the model and, where given, from the sandwich.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        term, estimate, se (from the model), robust_se (missing when none was asked for), lower, upper, p. Intervals and p
        use robust_se where there is one. EstimateError when an error is 0.

    Examples
    --------
    >>> coefficient_table(["age"], np.array([0.2]), np.array([[0.01]])).round(3).values.tolist()
    [['age', 0.2, 0.1, nan, 0.004, 0.396, 0.046]]
    """
    z = critical_value(level)
    se = np.sqrt(np.diag(covariance))
    robust_se = np.full(len(se), np.nan) if robust is None else np.sqrt(np.diag(robust))
    error = se if robust is None else robust_se
    if (error <= _ROUNDING * se).any():
        what = "not estimable: the errors are 0, because nobody differs from what the model expects"
        raise EstimateError(Problem("E140", what, fix="use more people, or compare shares of people instead"))
    return pd.DataFrame(
        {
            "term": list(terms),
            "estimate": estimate,
            "se": se,
            "robust_se": robust_se,
            "lower": estimate - z * error,
            "upper": estimate + z * error,
            "p": 2 * ndtr(-np.abs(estimate) / error),
        }
    )
