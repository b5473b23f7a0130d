"""Inverse probability of censoring weights: those still followed stand for people like them who were lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.loss_cox import cox_loss
from evaltools.estimate.loss_hazard import logistic_loss, share_lost
from evaltools.estimate.loss_periods import LossPeriods, loss_periods, lost_people

__all__ = ["CensoringWeights", "LossModel", "WeightSummary", "censoring_weights"]

Floats = NDArray[np.float64]
LossModel = Literal["kaplan-meier", "logistic", "cox"]


@dataclass(frozen=True)
class WeightSummary:
    """What the weights of the rows look like, after trimming; trimmed: rows whose weight was cut to a limit.

    mean should be near 1 for stabilised weights. effective: the number of unweighted rows that would say as much.
    """

    mean: float
    sd: float
    smallest: float
    largest: float
    lower_limit: float
    upper_limit: float
    trimmed: int
    rows: int
    effective: float


@dataclass(frozen=True)
class CensoringWeights:
    """times: one row for each person and period, weighted, with column person_position, by which they are clustered.

    summary: of the weights. people, lost: how many. method: in words.
    """

    times: EventTimes
    summary: WeightSummary
    people: int
    lost: int
    method: str


def censoring_weights(  # noqa: PLR0913 - a model of loss and what is done with it
    times: EventTimes,
    formula: str | None = None,
    by: str | None = None,
    lost: str | None = None,
    *,
    model: LossModel = "logistic",
    numerator: str | None = None,
    period: float | None = 7.0,
    stabilised: bool = True,
    trim: tuple[float, float] = (0.01, 0.99),
) -> CensoringWeights:
    """Weight each person's time by the inverse of the probability of still being followed.

    The weight of a period is the product over the periods before it of (1 - h_numerator) / (1 - h_denominator), where h is
    the probability of being lost in a period. An event comes before a loss on the same day.

    Parameters
    ----------
    times : EventTimes
        Durations in days.
    formula : str, optional
        Covariates of loss in the logistic or Cox model, known at the origin.
    by : str, optional
        Column: with 'kaplan-meier' the groups whose loss is estimated apart.
    lost : str, optional
        Column of True and False: of those censored, who was lost. The others reached the end of the data, which says nothing
        of loss. By default everybody censored was lost.
    model : {'logistic', 'kaplan-meier', 'cox'}
        Pooled logistic with the cube of time, the share lost in each period and group, or a Cox model of loss.
    numerator : str, optional
        Covariates of the numerator of stabilised weights (logistic or Cox), to be adjusted for in what is weighted.
    period : float, optional
        Days in a period; None: a period ends on each day on which somebody was lost.
    stabilised : bool
        Divide by the probability without the covariates; otherwise the numerator is 1.
    trim : tuple of float
        Centiles of the weights of all rows to which smaller and larger weights are cut; (0, 1) cuts none.

    Returns
    -------
    CensoringWeights
        EstimateError where loss cannot be modelled.

    References
    ----------
    Robins and Finkelstein (2000), Biometrics 56, 779-788; Cole and Hernan (2008), American Journal of Epidemiology 168,
    656-664 (stabilising and trimming).

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": [5, 9, 9, 12], "status": [0, 1, 0, 1]})
    >>> made = censoring_weights(EventTimes.from_frame(people, "days", "status"), model="kaplan-meier", period=None)
    >>> made.times.weights.tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    _require(times, model, trim)
    gone = lost_people(times, lost)
    periods = loss_periods(times, gone, period)
    everybody = np.zeros(len(times), dtype=np.int64)
    if model == "kaplan-meier":
        groups = times.grouped(by)
        bottom = share_lost(periods, groups.codes, len(groups.labels))
        top = share_lost(periods, everybody, 1)
    elif model == "cox":
        bottom, top = cox_loss(periods, times, gone, formula), cox_loss(periods, times, gone, numerator)
    else:
        bottom = logistic_loss(periods, times.data, formula)
        top = logistic_loss(periods, times.data, numerator)
    kept_bottom, kept_top = _kept(periods, bottom), _kept(periods, top)
    if (kept_bottom <= 0).any():
        what = "not estimable: somebody is at risk after everybody like them was lost, so nobody can stand for them"
        raise EstimateError(Problem("E174", what, fix="merge groups, or use model='logistic'"))
    weight = (kept_top if stabilised else 1.0) / kept_bottom
    limits = np.quantile(weight, trim)
    cut = np.clip(weight, *limits)
    how = f"{'stabilised ' if stabilised else ''}inverse probability of censoring weights, {model}"
    how += f" ({formula or by or 'time alone'}), trimmed at centiles {trim[0] * 100:g} and {trim[1] * 100:g}"
    summary = WeightSummary(
        float(cut.mean()),
        float(cut.std(ddof=1)) if len(cut) > 1 else 0.0,
        float(cut.min()),
        float(cut.max()),
        float(limits[0]),
        float(limits[1]),
        int((cut != weight).sum()),
        len(cut),
        float(cut.sum() ** 2 / (cut**2).sum()),
    )
    return CensoringWeights(_rows(times, periods, cut), summary, len(times), int(gone.sum()), how)


def _require(times: EventTimes, model: str, trim: tuple[float, float]) -> None:
    if model not in get_args(LossModel):
        fix = f"use one of: {', '.join(get_args(LossModel))}"
        raise EstimateError(Problem("E172", f"there is no model of loss called '{model}'", fix=fix))
    if not 0 <= trim[0] < trim[1] <= 1:
        raise EstimateError(Problem("E172", f"{trim} are not two centiles", fix="give trim=(0.01, 0.99)"))
    if times.weights is not None:
        raise EstimateError(Problem("E165", "the people have weights already", fix="leave the weights out"))


def _kept(periods: LossPeriods, hazard: Floats) -> Floats:
    """Return the probability of being followed up to the start of each row, from the person's first row on."""
    first = np.append(True, periods.person[1:] != periods.person[:-1])
    before = np.where(first, 1.0, np.concatenate([[1.0], 1 - hazard[:-1]]))
    with np.errstate(divide="ignore"):
        total = np.cumsum(np.log(np.maximum(before, 1e-300)))
    start = np.concatenate([[0.0], total[:-1]])[first]
    kept = np.exp(total - start[np.cumsum(first) - 1])
    return np.where(kept < 1e-200, 0.0, kept)


def _rows(times: EventTimes, periods: LossPeriods, weight: Floats) -> EventTimes:
    data = times.data.iloc[periods.person].reset_index(drop=True).assign(person_position=periods.person)
    return replace(
        times,
        duration=periods.stop,
        cause=np.where(periods.final, times.cause[periods.person], 0),
        entry=periods.start,
        data=data,
        weights=weight,
        cluster="person_position",
    )
