"""The two sides of a model formula, and the outcome as numbers: a column, or an allowed function of columns."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.formula_terms import closest_name, formula_terms

__all__ = ["formula_sides", "numbers", "outcome_column"]

Floats = NDArray[np.float64]


def formula_sides(formula: str) -> tuple[str, str]:
    """Split "starts ~ caseload" into outcome and covariates.

    >>> formula_sides("starts ~ caseload + C(site)")
    ('starts', 'caseload + C(site)')
    """
    left, tilde, right = formula.partition("~")
    if not tilde or not left.strip() or not right.strip():
        raise EstimateError(
            Problem("E200", f"the formula '{formula}' has no outcome or no covariates", fix="write 'starts ~ caseload'")
        )
    return left.strip(), right.strip()


def outcome_column(data: pd.DataFrame, left: str) -> Floats:
    """Return the outcome of each row, missing where it or something that it is worked out from is missing.

    Parameters
    ----------
    data : pandas.DataFrame
        The rows.
    left : str
        A column, or one of the functions of `formula_terms` of columns, such as "log(days)".

    Returns
    -------
    numpy.ndarray
        Shape (n,). EstimateError E201, E202 or E130 to E132 when it cannot be had.

    Examples
    --------
    >>> outcome_column(pd.DataFrame({"days": [1.0, None]}), "log(days)").tolist()
    [0.0, nan]
    """
    name = left.strip("`")
    if name in data.columns:
        return numbers(data[name], name)
    if "(" not in left:
        raise EstimateError(Problem("E201", f"there is no column '{name}'", fix=closest_name(name, map(str, data.columns))))
    read = formula_terms(left, list(map(str, data.columns)))
    frame = pd.DataFrame({column: numbers(data[column], column) for column in read.columns}, index=data.index)
    with np.errstate(all="ignore"):  # what cannot be worked out is said by `model_rows`
        made = read.formula.get_model_matrix(frame, context={}, na_action="ignore")
    values = made.drop(columns="Intercept")
    if values.shape[1] != 1:
        raise EstimateError(Problem("E200", f"'{left}' is not one outcome", fix="name one column, or one function of it"))
    return np.asarray(values.iloc[:, 0].to_numpy(dtype=float), dtype=np.float64)


def numbers(column: pd.Series, name: str) -> Floats:
    """Return a column as numbers, missing ones included; EstimateError E202 for text."""
    try:
        return np.asarray(column.to_numpy(dtype=float, na_value=np.nan), dtype=np.float64)
    except (TypeError, ValueError):
        raise EstimateError(
            Problem("E202", f"'{name}' does not hold numbers", fix="turn it into numbers, or into 0 and 1, first")
        ) from None
