"""Durations on the log scale for models of the whole distribution, which cannot hold a duration of 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cox_model import events_of
from evaltools.estimate.design import Design, design
from evaltools.estimate.newton import refuse_collinear

__all__ = ["LogTimes", "log_times"]

Floats = NDArray[np.float64]
_HALF_DAY = 0.5


@dataclass(frozen=True)
class LogTimes:
    """People of a parametric model, those without a covariate set aside.

    log_time: shape (n,), log of days. event: shape (n,), 1 or 0. log_entry: shape (n,), log of the day of a late entry,
    missing for people there from the start. design: covariates. shifted: durations of 0 that were taken as half a day.
    """

    log_time: Floats
    event: Floats
    log_entry: Floats
    design: Design
    shifted: int

    @property
    def note(self) -> str:
        """What a reader should know, in words."""
        said = []
        if self.shifted:
            said.append(f"{self.shifted} durations of 0 days were taken as half a day")
        if self.design.n_missing:
            said.append(f"{self.design.n_missing} rows without every covariate were set aside")
        return "; ".join(said)


def log_times(times: EventTimes, formula: str, cause: str | None) -> LogTimes:
    """Take the logarithm of durations, half a day for 0, and build the covariates.

    Parameters
    ----------
    times : EventTimes
        Durations in days. Weights are refused.
    formula : str
        Covariates.
    cause : str, optional
        Name of the cause; any by default.
    """
    if times.weights is not None:
        raise EstimateError(Problem("E145", "parametric models are not available with weights", fix="use `cox`"))
    event = events_of(times, cause)
    made = design(times.data, formula)
    happened = event[made.used]
    if not happened.any():
        raise EstimateError(
            Problem("E140", f"not estimable: nobody of the {len(made.used)} with every covariate has the event")
        )
    matrix = made.matrix
    refuse_collinear(matrix.T @ matrix, made.terms)
    duration, entry = times.duration[made.used], times.entry[made.used]
    late = np.where(entry > 0, entry, np.nan)
    days = np.where(duration == 0, _HALF_DAY, duration)
    return LogTimes(np.log(days), happened.astype(float), np.log(late), made, int((duration == 0).sum()))
