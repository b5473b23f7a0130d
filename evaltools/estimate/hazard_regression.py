"""A generalised linear model of rows of time, checked for the ways in which there is nothing to estimate."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cluster_labels import refuse_missing_clusters
from evaltools.estimate.coefficient_table import coefficient_table
from evaltools.estimate.design import Design, design
from evaltools.estimate.newton import refuse_collinear

__all__ = ["HazardFit", "hazard_regression"]

_FAR, _VAGUE = 12.0, 30.0  # log odds, or log hazard, that no finite data support with so large an error


@dataclass(frozen=True)
class HazardFit:
    """A fitted hazard of rows of time.

    estimates: frame with term ('Intercept' first, then the baseline and the covariates), estimate, se, robust_se, lower,
    upper, p. loglik: of the rows. n: people; rows: rows of time; n_missing: people set aside for a missing covariate.
    events: number of events. Other fields as in CoxFit.
    """

    estimates: pd.DataFrame
    loglik: float
    n: int
    rows: int
    n_missing: int
    events: int
    level: float
    method: str
    note: str
    covariance: NDArray[np.float64] = field(repr=False)
    design: Design = field(repr=False)


def hazard_regression(  # noqa: PLR0913 - rows, model, and how to report it
    rows: pd.DataFrame,
    formula: str,
    family: Any,
    method: str,
    baseline: str | None = None,
    exposure: str | None = None,
    cluster: str | None = None,
    level: float = 0.95,
) -> HazardFit:
    """Fit the hazard of rows of time by maximum likelihood.

    Parameters
    ----------
    rows : pandas.DataFrame
        With the columns person and event.
    formula : str
        Covariates and, unless `baseline` is given, the course over time.
    family : statsmodels family
        Binomial or Poisson, with its link.
    method : str
        The model in words.
    baseline : str, optional
        Column of stretches of time, each with a hazard of its own.
    exposure : str, optional
        Column of days at risk.
    cluster : str, optional
        Column for cluster-robust errors without small-sample factor.
    level : float
        Confidence level.
    """
    import statsmodels.api as sm

    if baseline is not None:
        _refuse_empty(rows, baseline)
        formula = f"C({baseline}) + {formula}" if rows[baseline].nunique() > 1 else formula
    made = design(rows, formula)
    used = rows.iloc[made.used]
    event = used["event"].to_numpy(dtype=float)
    if not event.any():
        raise EstimateError(Problem("E140", "not estimable: no event among the rows with every covariate"))
    refuse_collinear(made.matrix.T @ made.matrix, made.terms)
    matrix = np.column_stack([np.ones(len(used)), made.matrix])
    days = None if exposure is None else np.log(used[exposure].to_numpy(dtype=float))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they would say is checked below, and said in words
        found = sm.GLM(event, matrix, family=family, offset=days).fit(tol=1e-9, rtol=1e-8)  # stops as glm in R
    _refuse_runaway(made, found.params[1:], found.bse[1:])
    back = np.eye(matrix.shape[1])
    back[0, 1:] = -made.centre
    covariance, robust = back @ found.cov_params() @ back.T, None
    if cluster is not None:
        refuse_missing_clusters(used[cluster], cluster)
        groups = pd.factorize(used[cluster])[0]
        total = np.zeros((int(groups.max()) + 1, matrix.shape[1]))
        np.add.at(total, groups, found.model.score_factor(found.params)[:, None] * matrix)
        bread = back @ found.cov_params()
        robust = bread @ (total.T @ total) @ bread.T
        method = f"{method}; sandwich errors by {cluster}, no small-sample factor"
    people = int(used["person"].nunique())
    lost = int(rows["person"].nunique()) - people
    note = f"{made.n_missing} rows of time without every covariate were set aside" if made.n_missing else ""
    return HazardFit(
        coefficient_table(["Intercept", *made.terms], back @ found.params, covariance, robust, level),
        float(found.llf),
        people,
        len(used),
        lost,
        int(event.sum()),
        level,
        method,
        note,
        covariance if robust is None else robust,
        made,
    )


def _refuse_empty(rows: pd.DataFrame, baseline: str) -> None:
    """Refuse stretches of time in which nothing happens: their hazard is 0, its logarithm without limit."""
    events = rows.groupby(baseline, observed=True)["event"].sum()
    empty = [str(label) for label in events.index[events == 0]]
    if empty:
        raise EstimateError(
            Problem(
                "E138",
                f"not estimable: no event in {baseline} {', '.join(empty[:8])}{' ...' if len(empty) > 8 else ''}",
                fix="make stretches of time wider, pool the last ones (last=...), or put log(period) in the formula",
            )
        )


def _refuse_runaway(made: Design, estimate: NDArray[np.float64], se: NDArray[np.float64]) -> None:
    wild = ~np.isfinite(se) | ((np.abs(estimate) * made.reach > _FAR) & (se * made.reach > _VAGUE))
    if wild.any():
        names = " and ".join(f"'{term}'" for term, runs in zip(made.terms, wild, strict=True) if runs)
        raise EstimateError(
            Problem(
                "E138",
                f"not estimable: {names} separates people with an event from people without, so that the estimate grows "
                "without limit",
                fix="merge categories in which nobody or everybody has the event, or leave the covariate out",
            )
        )
