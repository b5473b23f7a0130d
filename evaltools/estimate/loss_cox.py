"""The probability of being lost in a period by a Cox model of loss: any course over time, covariates multiply its hazard."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cox import cox
from evaltools.estimate.event_counts import event_counts
from evaltools.estimate.loss_periods import LossPeriods

__all__ = ["cox_loss"]

Floats = NDArray[np.float64]


def cox_loss(periods: LossPeriods, times: EventTimes, lost: NDArray[np.bool_], formula: str | None) -> Floats:
    """Return, for each row, the probability of loss in its period, 1 - exp(-(H(stop) - H(start)) exp(x b)); shape (R,).

    Somebody with an event on the day of a loss is no longer at risk of being lost: an event comes before a loss.

    Parameters
    ----------
    periods : LossPeriods
        Rows.
    times : EventTimes
        n people, without weights; late entry is allowed.
    lost : numpy.ndarray
        Shape (n,), who was lost at the end of follow-up.
    formula : str, optional
        Covariates; without it the hazard is that of everybody (Nelson and Aalen).

    References
    ----------
    Robins and Finkelstein (2000), Biometrics 56, 779-788. Breslow (1974), Biometrics 30, 89-99.
    """
    distinct = np.unique(np.concatenate([times.duration, times.entry]))
    day = 2 * np.searchsorted(distinct, times.duration) + 2.0  # even: a loss; one before: an event of the same day
    loss = replace(
        times,
        duration=np.where(times.cause != 0, day - 1, day),
        cause=lost.astype(np.int64),
        causes={1: "lost"},
        entry=np.where(times.entry > 0, 2 * np.searchsorted(distinct, times.entry) + 2.0, 0.0),
        strata=(),
        cluster=None,
    )
    risk = np.ones(len(times))
    if formula is None:
        counts = event_counts(loss)
        at, step = counts.time, counts.events / counts.at_risk
    else:
        fit = cox(loss, formula)
        if fit.n_missing:
            what = f"{fit.n_missing} of {len(times)} people lack a covariate of the model of loss"
            raise EstimateError(Problem("E173", what, fix="fill it in, or make missing a category of its own"))
        at, step = fit.model.days.time, fit.model.sums(fit.coefficients).hazard
        risk = np.exp(fit.model.linear_predictor(fit.coefficients))
    happened = step > 0
    when = distinct[(at[happened].astype(np.int64) - 2) // 2]
    total = np.concatenate([[0.0], np.cumsum(step[happened])])
    before = np.where(periods.start > 0, np.searchsorted(when, periods.start, side="right"), 0)
    passed = total[np.searchsorted(when, periods.stop, side="right")] - total[before]
    return np.asarray(-np.expm1(-passed * risk[periods.person]))
