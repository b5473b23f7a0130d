"""Durations on the log scale for models of the whole distribution, which cannot hold a duration of 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cox_model import events_of
from evaltools.estimate.design import Design, design
from evaltools.estimate.fit_notes import fit_note
from evaltools.estimate.newton import refuse_collinear

__all__ = ["LogTimes", "log_times", "refuse_weights_and_strata"]

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
        return self.notes(None)

    def notes(self, clusters: int | None) -> str:
        """Say what a reader should know of a fit with so many clusters, in words."""
        shifted = f"{self.shifted} durations of 0 days were taken as half a day" if self.shifted else ""
        return fit_note(self.design, int(self.event.sum()), clusters, shifted)


def log_times(times: EventTimes, formula: str, cause: str | None) -> LogTimes:
    """Take the logarithm of durations, half a day for 0, and build the covariates.

    Parameters
    ----------
    times : EventTimes
        Durations in days. Weights and strata are refused.
    formula : str
        Covariates.
    cause : str, optional
        Name of the cause; any by default.
    """
    refuse_weights_and_strata(times)
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


def refuse_weights_and_strata(times: EventTimes) -> None:
    """Raise EstimateError for weights and strata, which a model of the whole distribution would leave out without a word.

    times: the people.
    """
    for held, what in ((times.weights is not None, "weights"), (bool(times.strata), "strata")):
        if held:
            fix = "use `cox`" if what == "weights" else "take them as covariates, or use `cox`"
            raise EstimateError(Problem("E145", f"parametric models are not available with {what}", fix=fix))
