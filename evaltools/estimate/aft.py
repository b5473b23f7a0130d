"""Accelerated failure time models: covariates stretch or shrink the time to an event."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.coefficient_table import coefficient_table
from evaltools.estimate.design import Design
from evaltools.estimate.error_terms import ERROR_TERMS, Curve, Family
from evaltools.estimate.log_times import LogTimes, log_times
from evaltools.estimate.newton import Evaluation, Search, maximise
from evaltools.estimate.robust_variance import cluster_codes

__all__ = ["AftFit", "aft"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AftFit:
    """A fitted accelerated failure time model: log days = intercept + covariates + scale times a standard error term.

    estimates: frame with term ('Intercept' first), estimate, se, robust_se, lower, upper, p; exp(estimate) is the factor by
    which time is stretched. scale: as R's survreg gives it (1 for the exponential); log_scale_se: standard error of its
    logarithm, None for the exponential. loglik, loglik_null: on the scale of days. Other fields as in CoxFit.
    """

    estimates: pd.DataFrame
    scale: float
    log_scale_se: float | None
    loglik: float
    loglik_null: float
    n: int
    n_missing: int
    events: int
    level: float
    method: str
    note: str
    family: Family
    covariance: Floats = field(repr=False)
    design: Design = field(repr=False)

    def survival(self, newdata: pd.DataFrame, days: list[float]) -> pd.DataFrame:
        """Predict the probability of no event: row (position in newdata), time (days), survival."""
        beta = self.estimates["estimate"].to_numpy(dtype=float)
        middle = beta[0] + (self.design.rows(newdata) + self.design.centre) @ beta[1:]
        with np.errstate(divide="ignore"):  # on day 0 nobody has had the event yet: the logarithm is minus infinity
            z = (np.log(asked_days(days))[None, :] - middle[:, None]) / self.scale
        rows = np.repeat(np.arange(len(newdata)), len(days))
        survival = np.exp(ERROR_TERMS[self.family].survival(z.ravel()).value)
        return pd.DataFrame({"row": rows, "time": np.tile(days, len(newdata)), "survival": survival})


def aft(
    times: EventTimes,
    formula: str,
    family: Family = "weibull",
    cause: str | None = None,
    cluster: str | None = None,
    level: float = 0.95,
) -> AftFit:
    """Fit an accelerated failure time model by maximum likelihood.

    Parameters
    ----------
    times : EventTimes
        Durations in days; late entry is allowed, strata are refused. A duration of 0 is taken as half a day, and counted in
        `note`.
    formula : str
        Covariates, as for `cox`.
    family : {'weibull', 'exponential', 'lognormal', 'loglogistic'}
        Distribution of the time.
    cause : str, optional
        Name of the cause; people with another one are censored. Any cause by default.
    cluster : str, optional
        Column of `times.data` whose members resemble each other; that of `times` by default.
    level : float
        Confidence level.

    References
    ----------
    Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data, 2nd edition, chapter 3. Burridge (1981),
    Journal of the Royal Statistical Society B 43, 41-45 (with 1/scale as the parameter the log-likelihood is concave).

    Examples
    --------
    >>> people = pd.DataFrame({"days": [4, 5, 7, 8, 9, 12], "status": [1, 1, 0, 1, 1, 0], "age": [40, 31, 27, 45, 22, 25]})
    >>> fit = aft(EventTimes.from_frame(people, "days", "status"), "age")
    >>> fit.estimates["term"].tolist(), round(fit.scale, 3)
    (['Intercept', 'age'], 0.342)
    """
    if family not in ERROR_TERMS:
        raise EstimateError(Problem("E104", f"there is no family '{family}'", fix=f"use one of: {', '.join(ERROR_TERMS)}"))
    data = log_times(times, formula, cause)
    made = data.design
    if family != "exponential" and np.ptp(data.log_time) == 0:
        what = "not estimable: all times are equal, so there is no spread to describe"
        raise EstimateError(Problem("E140", what, fix="use family='exponential', or compare shares of people"))
    point, covariance, loglik = _fit(data, made.matrix, family)
    grouping = times.cluster if cluster is None else cluster
    robust, clusters = None, None
    if grouping is not None:
        groups = cluster_codes(times, grouping, made.used)
        clusters = int(groups.max()) + 1
        total = np.zeros((clusters, len(point)))
        np.add.at(total, groups, _shares(point, data, made.matrix, family))
        robust = covariance @ (total.T @ total) @ covariance
    beta, turn = _usual(point, made.centre)
    usual = turn @ covariance @ turn.T
    usual_robust = None if robust is None else turn @ robust @ turn.T
    kept = slice(0, len(beta) - 1)
    terms = ["Intercept", *made.terms]
    fixed = family == "exponential"
    return AftFit(
        coefficient_table(
            terms, beta[kept], usual[kept, kept], None if usual_robust is None else usual_robust[kept, kept], level
        ),
        float(np.exp(beta[-1])),
        None if fixed else float(np.sqrt(usual[-1, -1])),
        loglik,
        _fit(data, np.empty((len(made.used), 0)), family)[2],
        len(made.used),
        made.n_missing,
        int(data.event.sum()),
        level,
        f"accelerated failure time, {family}" + (f"; sandwich errors by {grouping}" if grouping else ""),
        data.notes(clusters),
        family,
        usual if usual_robust is None else usual_robust,
        made,
    )


def _fit(data: LogTimes, matrix: Floats, family: Family) -> tuple[Floats, Floats, float]:
    """Return the parameters (intercept, covariates, 1/scale) on the scale of z, their covariance and the log-likelihood."""
    start = np.zeros(matrix.shape[1] + 2)
    start[0], start[-1] = data.log_time.mean(), 1.0
    terms = ["Intercept", *data.design.terms[: matrix.shape[1]], "scale"]
    free = slice(0, len(start) - 1) if family == "exponential" else slice(None)

    def evaluate(at: Floats) -> Evaluation:
        full = start.copy()
        full[free] = at
        found = _evaluate(full, data, matrix, family)
        return Evaluation(found.loglik, found.gradient[free], found.information[free, free])

    reach = np.concatenate([[0.0], data.design.reach[: matrix.shape[1]], [0.0]])
    best = maximise(evaluate, start[free], Search(terms[: len(start[free])], reach[free]))
    point, covariance = start.copy(), np.zeros((len(start), len(start)))
    point[free], covariance[free, free] = best.point, best.covariance
    return point, covariance, best.loglik


def _evaluate(point: Floats, data: LogTimes, matrix: Floats, family: Family) -> Evaluation:
    """Return the log-likelihood in b and t = 1/scale, where z = t log(time) - x b."""
    shape = point[-1]
    if shape <= 0:
        return Evaluation(-np.inf, np.zeros(len(point)), np.eye(len(point)))
    event, ones = data.event, np.ones(len(data.event))
    with np.errstate(over="ignore", invalid="ignore"):
        value, slope, bend = _curves(point, data, matrix, family)
        loglik = float(value.sum() + event @ (np.log(shape) - data.log_time))
    if not np.isfinite(loglik):
        return Evaluation(-np.inf, np.zeros(len(point)), np.eye(len(point)))
    moves = np.column_stack([-ones, -matrix, data.log_time])
    gradient = moves.T @ slope
    information = -(moves.T * bend) @ moves
    late = np.flatnonzero(~np.isnan(data.log_entry))
    if len(late):
        entered = np.column_stack([-ones[late], -matrix[late], data.log_entry[late]])
        curve = ERROR_TERMS[family].survival(entered @ point)
        loglik -= float(curve.value.sum())
        gradient -= entered.T @ curve.slope
        information += (entered.T * curve.bend) @ entered
    gradient[-1] += event.sum() / shape
    information[-1, -1] += event.sum() / shape**2
    return Evaluation(loglik, gradient, information)


def _curves(point: Floats, data: LogTimes, matrix: Floats, family: Family) -> Curve:
    z = point[-1] * data.log_time - point[0] - matrix @ point[1:-1]
    died = data.event > 0
    density, survival = ERROR_TERMS[family].density(z), ERROR_TERMS[family].survival(z)
    return Curve(*(np.where(died, first, other) for first, other in zip(density, survival, strict=True)))


def _shares(point: Floats, data: LogTimes, matrix: Floats, family: Family) -> Floats:
    """Return each row's share of the score, shape (n, p + 2)."""
    moves = np.column_stack([-np.ones(len(matrix)), -matrix, data.log_time])
    share = moves * _curves(point, data, matrix, family).slope[:, None]
    share[:, -1] += data.event / point[-1]
    late = np.flatnonzero(~np.isnan(data.log_entry))
    entered = np.column_stack([-np.ones(len(late)), -matrix[late], data.log_entry[late]])
    share[late] -= entered * ERROR_TERMS[family].survival(entered @ point).slope[:, None]
    if family == "exponential":
        share[:, -1] = 0.0
    return share


def _usual(point: Floats, centre: Floats) -> tuple[Floats, Floats]:
    """Return intercept, coefficients and log scale, and the derivative of these with respect to the parameters of z."""
    shape, size = point[-1], len(point)
    beta = point / shape
    beta[-1] = -np.log(shape)
    turn = np.eye(size) / shape
    turn[:-1, -1] = -point[:-1] / shape**2
    turn[-1, -1] = -1 / shape
    back = np.eye(size)
    back[0, 1:-1] = -centre
    return back @ beta, back @ turn
