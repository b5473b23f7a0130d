"""The rows of a regression: outcome, covariates, exposure and cluster, with every row that is not used counted by reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.design import Design, design
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.regression.outcome_column import formula_sides, numbers, outcome_column

__all__ = ["FAMILIES", "Family", "ModelRows", "check_choice", "model_rows", "set_aside_note"]

Floats = NDArray[np.float64]
Family = Literal["poisson", "negative_binomial", "binomial", "gaussian"]
FAMILIES: tuple[Family, ...] = ("poisson", "negative_binomial", "binomial", "gaussian")


@dataclass(frozen=True)
class ModelRows:
    """Rows ready to fit.

    outcome: shape (n,). matrix: shape (m, p), covariates less their means, without intercept; one row for each row used or,
    with `pattern` (n,), for each distinct combination of categories. exposure: shape (n,), all positive; None without one.
    groups: column name to whole numbers from 0, shape (n,). labels: the values that they stand for. terms: 'Intercept' and
    the p covariates. used: positions of the rows used. set_aside: reason to number of rows. made: None without covariates.
    """

    outcome: Floats
    matrix: Floats
    pattern: NDArray[np.int64] | None
    exposure: Floats | None
    groups: dict[str, NDArray[np.int64]]
    labels: dict[str, NDArray[np.object_]]
    terms: tuple[str, ...]
    used: NDArray[np.int64]
    set_aside: dict[str, int]
    made: Design | None

    @property
    def centre(self) -> Floats:
        """Mean of each covariate, shape (p,)."""
        return np.zeros(0) if self.made is None else self.made.centre

    @property
    def reach(self) -> Floats:
        """Range of the intercept (0: it may be anything) and each covariate, shape (1 + p,)."""
        return np.concatenate([[0.0], np.zeros(0) if self.made is None else self.made.reach])

    @property
    def back(self) -> Floats:
        """Matrix (1 + p, 1 + p) that takes coefficients of centred covariates to those of the covariates."""
        back = np.eye(1 + len(self.centre))
        back[0, 1:] = -self.centre
        return back

    def expanded(self) -> Floats:
        """Return the covariates with a leading column of ones, one row for each row used, shape (n, 1 + p)."""
        matrix = self.matrix if self.pattern is None else self.matrix[self.pattern]
        return np.column_stack([np.ones(len(matrix)), matrix])


def model_rows(
    data: pd.DataFrame,
    formula: str,
    family: Family,
    exposure: str | None = None,
    groups: tuple[str, ...] = (),
    collapse: bool = True,
) -> ModelRows:
    """Take the rows that a model can use and count the others by reason.

    Parameters
    ----------
    data : pandas.DataFrame
        One row for each unit and time.
    formula : str
        "outcome ~ covariates": a column, and what `formula_terms` allows; "outcome ~ 1" has no covariates.
    family : Family
        Which outcomes are allowed: counts, 0 and 1, or any number.
    exposure : str, optional
        Column with the time, or clients times time, in which the events could happen.
    groups : tuple of str
        Columns that hold clusters or groups.
    collapse : bool
        Collapse covariates that all hold categories to the combinations that occur.

    Returns
    -------
    ModelRows
        EstimateError E200 to E205 when the outcome or the exposure cannot be used.

    Examples
    --------
    >>> months = pd.DataFrame({"starts": [1, 0, 2, 3, 1], "load": [20, 25, None, 22, 24], "months": [20, 0, 18, 22, 24]})
    >>> rows = model_rows(months, "starts ~ load", "poisson", exposure="months")
    >>> rows.outcome.tolist(), rows.set_aside
    ([1.0, 3.0, 1.0], {'exposure zero': 1, 'covariate missing': 1})
    """
    outcome, covariates = formula_sides(formula)
    for name in (*((exposure,) if exposure else ()), *groups):
        if name not in data.columns:
            raise EstimateError(
                Problem("E201", f"there is no column '{name}'", fix=closest_name(name, map(str, data.columns)))
            )
    values = outcome_column(data, outcome)
    keep, aside = ~np.isnan(values), {}
    aside["outcome missing"] = int((~keep).sum())
    size = None if exposure is None else _exposure(data[exposure], exposure, values, keep, aside)
    for name in groups:
        known = data[name].notna().to_numpy()
        aside[f"{name} missing"] = int((keep & ~known).sum())
        keep = keep & known
    used = np.flatnonzero(keep)
    _refuse_outcome(values[used], outcome, family)
    held = data if len(used) == len(data) else data.iloc[used]
    made, pattern = None, None
    terms: tuple[str, ...] = ("Intercept",)
    matrix = np.zeros((1, 0))
    if covariates == "1":
        pattern = np.zeros(len(used), dtype=np.int64)
    else:
        made = design(held, covariates, collapse=collapse)
        aside["covariate missing"] = made.n_missing
        used, matrix, pattern = used[made.used], made.matrix, made.pattern
        terms = ("Intercept", *made.terms)
    if len(used) <= len(terms):
        raise EstimateError(
            Problem("E204", f"not estimable: {len(used)} rows for {len(terms)} coefficients", fix="leave covariates out")
        )
    coded = {name: pd.factorize(data[name].to_numpy()[used], sort=True) for name in groups}
    return ModelRows(
        values[used],
        matrix,
        pattern,
        None if size is None else size[used],
        {name: codes.astype(np.int64) for name, (codes, _) in coded.items()},
        {name: np.asarray(labels, dtype=object) for name, (_, labels) in coded.items()},
        terms,
        used,
        {reason: count for reason, count in aside.items() if count},
        made,
    )


def set_aside_note(set_aside: Mapping[str, int]) -> str:
    """Say how many rows were set aside and why.

    >>> set_aside_note({"exposure zero": 2})
    'rows set aside: 2 exposure zero'
    """
    return "rows set aside: " + ", ".join(f"{n} {why}" for why, n in set_aside.items()) if set_aside else ""


def check_choice(name: str, value: object, choices: tuple[object, ...]) -> None:
    """Raise EstimateError E208 when a setting has a value that it must not have."""
    if value not in choices:
        raise EstimateError(
            Problem("E208", f"{name} cannot be '{value}'", fix=f"use one of: {', '.join(str(each) for each in choices)}")
        )


def _exposure(column: pd.Series, name: str, outcome: Floats, keep: NDArray[np.bool_], aside: dict[str, int]) -> Floats:
    """Return the exposure; take rows without one out of `keep` and count them in `aside`."""
    size = numbers(column, name)
    missing, none = keep & np.isnan(size), keep & (size == 0)
    wrong = int((keep & ((size < 0) | np.isinf(size))).sum())
    if wrong:
        raise EstimateError(Problem("E203", f"{wrong} rows have an exposure '{name}' below 0 or infinite", fix="mend them"))
    impossible = int((none & (outcome > 0)).sum())
    if impossible:
        raise EstimateError(
            Problem(
                "E203",
                f"{impossible} rows have events but no exposure ('{name}' is 0)",
                fix="mend the exposure or credit the events to the months in which there was some",
            )
        )
    aside["exposure missing"], aside["exposure zero"] = int(missing.sum()), int(none.sum())
    keep &= ~missing & ~none
    return size


def _refuse_outcome(values: Floats, name: str, family: Family) -> None:
    if not len(values):
        raise EstimateError(Problem("E204", "not estimable: no row has an outcome, an exposure and a cluster"))
    if not np.isfinite(values).all():
        raise EstimateError(Problem("E202", f"'{name}' is infinite in some rows", fix="set these rows aside"))
    if family == "gaussian":
        if (values == values[0]).all():
            raise EstimateError(Problem("E205", f"not estimable: '{name}' is the same in every row"))
        return
    if family == "binomial" and not np.isin(values, (0.0, 1.0)).all():
        raise EstimateError(Problem("E202", f"'{name}' holds other values than 0 and 1", fix="use another family"))
    if family != "binomial" and ((values < 0) | (values != np.floor(values))).any():
        raise EstimateError(Problem("E202", f"'{name}' holds values that are no counts", fix="use family='gaussian'"))
    if not values.any() or (family == "binomial" and values.all()):
        what = "has no event" if not values.any() else "is 1 in every row"
        raise EstimateError(Problem("E205", f"not estimable: '{name}' {what}", fix="wait for more data or pool groups"))
