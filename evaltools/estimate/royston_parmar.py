"""Royston and Parmar's model: proportional hazards over a smooth baseline, a spline of log time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.aft import aft
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.coefficient_table import coefficient_table
from evaltools.estimate.design import Design
from evaltools.estimate.log_times import LogTimes, log_times
from evaltools.estimate.newton import Evaluation, Search, maximise
from evaltools.estimate.restricted_spline import spline_basis, spline_slope

__all__ = ["RoystonParmarFit", "royston_parmar"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RoystonParmarFit:
    """A fitted spline model.

    estimates: frame with term ('gamma0', 'gamma1', ... for the spline, then the covariates), estimate (log hazard ratio of a
    covariate), se, robust_se (missing), lower, upper, p. knots: log days, the outer two included. Other fields as in CoxFit.
    """

    estimates: pd.DataFrame
    knots: tuple[float, ...]
    loglik: float
    loglik_weibull: float
    n: int
    n_missing: int
    events: int
    level: float
    method: str
    note: str
    covariance: Floats = field(repr=False)
    design: Design = field(repr=False)

    def survival(self, newdata: pd.DataFrame, days: Sequence[float]) -> pd.DataFrame:
        """Predict the probability of no event: row (position in newdata), time (days), survival."""
        point = self.estimates["estimate"].to_numpy(dtype=float)
        knots = np.array(self.knots)
        asked = asked_days(days)
        later = np.where(asked > 0, asked, 1.0)  # on day 0 nobody has had the event yet
        curve = spline_basis(np.log(later), knots) @ point[: len(knots)]
        shift = (self.design.rows(newdata) + self.design.centre) @ point[len(knots) :]
        survival = np.where(asked > 0, np.exp(-np.exp(curve[None, :] + shift[:, None])), 1.0)
        rows = np.repeat(np.arange(len(newdata)), len(days))
        return pd.DataFrame({"row": rows, "time": np.tile(list(days), len(newdata)), "survival": survival.ravel()})


def royston_parmar(
    times: EventTimes,
    formula: str,
    df: int = 3,
    knots: Sequence[float] | None = None,
    cause: str | None = None,
    level: float = 0.95,
) -> RoystonParmarFit:
    """Fit the model by Newton's method, and check the answer.

    Parameters
    ----------
    times : EventTimes
        Durations in days; late entry is allowed, strata and clusters are refused. A duration of 0 is taken as half a day,
        and counted in `note`.
    formula : str
        Covariates, as for `cox`.
    df : int
        Degrees of freedom of the spline, 1 (Weibull) to 5: one more than the inner knots, which stand at equal shares of the
        log times with an event.
    knots : sequence of float, optional
        All knots, as log days, instead of `df`.
    cause : str, optional
        Name of the cause; people with another one are censored. Any cause by default.
    level : float
        Confidence level.

    Returns
    -------
    RoystonParmarFit
        EstimateError 'not estimable' when the answer is no better than a Weibull model, is not a maximum, or its cumulative
        hazard falls somewhere.

    References
    ----------
    Royston and Parmar (2002), Statistics in Medicine 21, 2175-2197.
    """
    if times.cluster is not None:
        what = "the spline model has no errors that are robust by cluster"
        raise EstimateError(Problem("E145", what, fix="leave the cluster out, or use `cox` or `aft`"))
    data = log_times(times, formula, cause)
    places = _knots(data, df, knots)
    weibull = aft(times, formula, "weibull", cause)
    shape = 1 / weibull.scale
    beta = -weibull.estimates["estimate"].to_numpy(dtype=float) * shape
    made = data.design
    start = np.concatenate([[beta[0] + made.centre @ beta[1:], shape], np.zeros(len(places) - 2), beta[1:]])
    terms = [*(f"gamma{place}" for place in range(len(places))), *made.terms]
    reach = np.concatenate([np.zeros(len(places)), made.reach])
    best = maximise(lambda at: _evaluate(at, data, places), start, Search(terms, reach, promise=1e-14))
    _check(best.point, best.loglik, weibull.loglik, data, places)
    back = np.eye(len(start))
    back[0, len(places) :] = -made.centre
    covariance = back @ best.covariance @ back.T
    return RoystonParmarFit(
        coefficient_table(terms, back @ best.point, covariance, None, level),
        tuple(map(float, places)),
        best.loglik,
        weibull.loglik,
        len(made.used),
        made.n_missing,
        int(data.event.sum()),
        level,
        f"Royston-Parmar, proportional hazards, spline of log time with {len(places) - 1} degrees of freedom",
        data.note,
        covariance,
        made,
    )


def _knots(data: LogTimes, df: int, knots: Sequence[float] | None) -> Floats:
    """Return the knots in order; EstimateError when they are too few or fall together."""
    if knots is None and df not in range(1, 6):
        raise EstimateError(Problem("E146", f"a spline with {df} degrees of freedom is not offered", fix="give 1 to 5"))
    died = data.log_time[data.event > 0]
    places = np.quantile(died, np.linspace(0, 1, df + 1)) if knots is None else np.sort(np.asarray(list(knots), dtype=float))
    if len(places) < 2 or (np.diff(places) <= 0).any():
        raise EstimateError(
            Problem("E146", "not estimable: events on too few days for so many knots", fix="use fewer degrees of freedom")
        )
    return places


def _evaluate(point: Floats, data: LogTimes, knots: Floats) -> Evaluation:
    """Return the log-likelihood on the scale of days, its gradient and information."""
    matrix = np.column_stack([spline_basis(data.log_time, knots), data.design.matrix])
    slope = np.column_stack([spline_slope(data.log_time, knots), np.zeros_like(data.design.matrix)])
    died = data.event > 0
    eta, rise = matrix @ point, slope @ point
    if (rise[died] <= 0).any() or eta.max() > 700:
        return Evaluation(-np.inf, np.zeros(len(point)), np.eye(len(point)))
    hazard = np.exp(eta)
    steep = slope[died] / rise[died, None]
    loglik = float((np.log(rise[died]) - data.log_time[died] + eta[died]).sum() - hazard.sum())
    gradient = steep.sum(axis=0) + (data.event - hazard) @ matrix
    information = (matrix.T * hazard) @ matrix + steep.T @ steep
    late = np.flatnonzero(~np.isnan(data.log_entry))
    if len(late):
        entered = np.column_stack([spline_basis(data.log_entry[late], knots), data.design.matrix[late]])
        before = np.exp(entered @ point)
        loglik += float(before.sum())
        gradient += before @ entered
        information -= (entered.T * before) @ entered
    return Evaluation(loglik, gradient, information)


def _check(point: Floats, loglik: float, weibull: float, data: LogTimes, knots: Floats) -> None:
    """Refuse an answer that is no maximum, that is worse than the model inside it, or whose hazard is negative."""
    found = _evaluate(point, data, knots)
    size = np.sqrt(np.abs(np.diag(found.information)))
    rise = spline_slope(np.unique(data.log_time), knots) @ point[: len(knots)]
    faults = {
        "the search stopped short of the maximum": not (np.abs(found.gradient / size) < 1e-5).all(),
        "the answer is worse than a Weibull model": loglik < weibull - 1e-6,
        "the cumulative hazard falls somewhere": bool((rise < 0).any()),
    }
    for what, found_fault in faults.items():
        if found_fault:
            raise EstimateError(Problem("E146", f"not estimable: {what}", fix="use fewer degrees of freedom, or `cox`"))
