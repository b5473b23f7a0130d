"""A proportion with its Wilson score interval; what is impossible is shown with its reason, not repaired."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.confidence import critical_value

__all__ = ["Proportion", "proportion", "proportions", "wilson_limits"]


@dataclass(frozen=True)
class Proportion:
    """A share between 0 and 1, with its numerator and denominator; None where it cannot be given, and then a reason."""

    value: float | None
    se: float | None
    lower: float | None
    upper: float | None
    numerator: float | None
    denominator: float | None
    level: float
    method: str = "Wilson"
    reason: str = ""


def proportion(numerator: float | None, denominator: float | None, level: float = 0.95) -> Proportion:
    """Return one proportion with its Wilson interval.

    Parameters
    ----------
    numerator, denominator : float or None
        Counts, of the same unit; None where not known.
    level : float
        Confidence level.

    Returns
    -------
    Proportion
        Without interval, and with a reason, when the numerator exceeds the denominator; without value when the denominator
        is 0 or a count is not known.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> share = proportion(831, 2610)
    >>> f"{share.value:.3f} ({share.lower:.3f} to {share.upper:.3f})"
    '0.318 (0.301 to 0.337)'
    """
    row = proportions(pd.Series([numerator]), pd.Series([denominator]), level).iloc[0]
    value, se, lower, upper = (
        None if pd.isna(row[name]) else float(row[name]) for name in ("value", "se", "lower", "upper")
    )
    return Proportion(value, se, lower, upper, numerator, denominator, level, reason=str(row["reason"]))


def proportions(numerator: ArrayLike | pd.Series, denominator: ArrayLike | pd.Series, level: float = 0.95) -> pd.DataFrame:
    """Return the proportions of two columns with their Wilson intervals.

    Parameters
    ----------
    numerator, denominator : array_like
        Counts, shape (k,); missing where not known. EstimateError when one is negative.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        value, se (binomial), lower, upper, numerator, denominator, level, reason (empty where all is given).

    Examples
    --------
    >>> proportions([1, 3], [4, 2])[["value", "reason"]].values.tolist()
    [[0.25, ''], [1.5, 'the numerator (3) exceeds the denominator (2)']]
    """
    z = critical_value(level)
    x, n = _counts(numerator), _counts(denominator)
    given = ~np.isnan(x) & ~np.isnan(n) & (n > 0)
    possible = given & (x <= n)
    size = np.where(given, n, 1.0)
    value = np.where(given, x / size, np.nan)
    p = np.where(possible, value, 0.5)
    middle = (p + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z * np.sqrt(p * (1 - p) / size + z**2 / (4 * size**2)) / (1 + z**2 / size)
    lower = np.where(p == 0, 0.0, np.clip(middle - half, 0.0, 1.0))
    upper = np.where(p == 1, 1.0, np.clip(middle + half, 0.0, 1.0))
    return pd.DataFrame(
        {
            "value": value,
            "se": np.where(possible, np.sqrt(p * (1 - p) / size), np.nan),
            "lower": np.where(possible, lower, np.nan),
            "upper": np.where(possible, upper, np.nan),
            "numerator": x,
            "denominator": n,
            "level": level,
            "reason": [_reason(a, b) for a, b in zip(x, n, strict=True)],
        }
    )


def wilson_limits(numerator: pd.Series, denominator: pd.Series, level: float = 0.95) -> tuple[pd.Series, pd.Series]:
    """Return the lower and upper Wilson limits of columns of counts, with the index of the numerators.

    >>> lower, upper = wilson_limits(pd.Series([831.0], index=["all"]), pd.Series([2610.0], index=["all"]))
    >>> f"{lower['all']:.3f} to {upper['all']:.3f}"
    '0.301 to 0.337'
    """
    limits = proportions(numerator, denominator, level).set_index(numerator.index)
    return limits["lower"], limits["upper"]


def _counts(column: ArrayLike | pd.Series) -> np.ndarray:
    """Return counts as floats with missing as missing; a negative count is an error."""
    values = pd.to_numeric(pd.Series(column)).to_numpy(dtype=float, na_value=np.nan)
    if (values < 0).any():
        raise EstimateError(Problem("E107", "a count is negative", fix="give counts of 0 or more"))
    return values


def _reason(numerator: float, denominator: float) -> str:
    """Say why a value or interval is missing; empty when it is not."""
    if np.isnan(numerator):
        return "the numerator is not known"
    if np.isnan(denominator):
        return "the denominator is not known"
    if denominator == 0:
        return "the denominator is 0"
    if numerator > denominator:
        return f"the numerator ({numerator:,.0f}) exceeds the denominator ({denominator:,.0f})"
    return ""
