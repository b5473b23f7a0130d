"""The probability of being lost in a period: the share by group, or a pooled logistic model."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.errors import EstimateError, Problem
from evaltools.estimate.design import design
from evaltools.estimate.loss_periods import LossPeriods
from evaltools.estimate.newton import refuse_collinear

__all__ = ["logistic_loss", "share_lost"]

Floats = NDArray[np.float64]
_RUNAWAY = 0.2  # a last step that still moves somebody's log odds by this much is on its way to infinity


def share_lost(periods: LossPeriods, group: NDArray[np.int64], groups: int) -> Floats:
    """Return, for each row, the share lost in its period among the informative rows of its group; shape (R,).

    periods: rows. group: shape (n,), the group of each person, 0 to groups - 1.
    """
    cell = group[periods.person] * len(periods.ends) + periods.period
    size = groups * len(periods.ends)
    seen = np.bincount(cell[periods.informative], minlength=size)
    lost = np.bincount(cell[periods.lost], minlength=size)
    return np.asarray((lost / np.maximum(seen, 1))[cell])


def logistic_loss(periods: LossPeriods, data: pd.DataFrame, formula: str | None, powers: int = 3) -> Floats:
    """Return, for each row, the probability of loss in its period by a pooled logistic model; shape (R,).

    Parameters
    ----------
    periods : LossPeriods
        Rows; those that are informative are fitted, all get a probability.
    data : pandas.DataFrame
        One row a person.
    formula : str, optional
        Covariates; time alone without it.
    powers : int
        Time enters as the number of the period up to this power.

    References
    ----------
    Robins and Finkelstein (2000), Biometrics 56, 779-788.
    """
    time = (periods.period + 0.5) / len(periods.ends)
    powers = min(powers, len(np.unique(periods.period[periods.informative])) - 1)
    columns = [np.ones(len(time)), *(time**power for power in range(1, powers + 1))]
    names = ["Intercept", *(f"time^{power}" for power in range(1, powers + 1))]
    if formula is not None:
        made = design(data, formula)
        if made.n_missing:
            what = f"{made.n_missing} of {len(data)} people lack a covariate of the model of loss"
            raise EstimateError(Problem("E173", what, fix="fill it in, or make missing a category of its own"))
        columns += list(made.expanded()[periods.person].T)
        names += list(made.terms)
    x = np.column_stack(columns)
    beta = _fit(x[periods.informative], periods.lost[periods.informative].astype(float), names)
    return np.asarray(1 / (1 + np.exp(-x @ beta)))


def _fit(x: Floats, y: Floats, names: list[str]) -> Floats:
    """Return the logistic coefficients by Newton's method."""
    share = y.mean()
    if not 0 < share < 1:
        what = "not estimable: everybody was lost" if share else "not estimable: nobody was lost while at risk of it"
        raise EstimateError(Problem("E171", what, fix="use longer periods"))
    beta = np.zeros(x.shape[1])
    beta[0] = np.log(share / (1 - share))
    refuse_collinear(x.T @ x, names)
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -700, 700)))
        gradient = x.T @ (y - p)
        step = np.linalg.lstsq(x.T @ ((p * (1 - p))[:, np.newaxis] * x), gradient, rcond=1e-14)[0]
        promised, here = float(gradient @ step), _loglik(x, y, beta)
        while promised > 1e-10 and _loglik(x, y, beta + step) < here - 1e-12 * abs(here):
            step = step / 2
        beta = beta + step
        if promised < 1e-10:
            if np.abs(x @ step).max() > _RUNAWAY:
                break
            return beta
    what = "not estimable: nobody, or everybody, with some covariate was lost, so that the estimate grows without limit"
    raise EstimateError(Problem("E174", what, fix="merge categories of the covariate, or leave it out"))


def _loglik(x: Floats, y: Floats, beta: Floats) -> float:
    eta = x @ beta
    return float(y @ eta - np.logaddexp(0.0, eta).sum())
