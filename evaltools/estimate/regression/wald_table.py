"""The table of coefficients of every regression: estimates, errors, limits, p values and the convention behind them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from evaltools.errors import EstimateError, Problem

__all__ = ["wald_table"]

Floats = NDArray[np.float64]


def wald_table(
    terms: tuple[str, ...], estimate: Floats, covariance: Floats, df: Floats, level: float, convention: str
) -> pd.DataFrame:
    """Lay out coefficients (k,) with intervals and p values from t with df (k,), infinite for the normal distribution.

    Examples
    --------
    >>> table = wald_table(("x",), np.array([2.0]), np.eye(1), np.array([np.inf]), 0.95, "from the model (normal)")
    >>> table[["lower", "upper", "p"]].round(3).values.tolist()
    [[0.04, 3.96, 0.046]]
    """
    se = np.sqrt(np.diag(covariance))
    if not (se > 0).all():
        exact = " and ".join(f"'{term}'" for term, error in zip(terms, se, strict=True) if not error > 0)
        raise EstimateError(
            Problem(
                "E211",
                f"not estimable: no error can be told of {exact}, the clusters are fitted exactly",
                fix="use more data",
            )
        )
    normal = np.isinf(df)
    shown = np.where(normal, 1.0, df)
    reach = np.where(normal, ndtri((1 + level) / 2), stdtrit(shown, (1 + level) / 2)) * se
    z = -np.abs(estimate) / se
    return pd.DataFrame(
        {
            "term": list(terms),
            "estimate": estimate,
            "se": se,
            "lower": estimate - reach,
            "upper": estimate + reach,
            "p": 2 * np.where(normal, ndtr(z), stdtr(shown, z)),
            "df": pd.array([None if none else each for none, each in zip(normal, df, strict=True)], dtype="Float64"),
            "convention": convention,
        }
    )
