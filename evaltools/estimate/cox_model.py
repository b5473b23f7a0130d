"""What a Cox model was fitted to and what came of it: kept whole, so that later questions see the same people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.compiled_likelihood import evaluate_compiled, null_compiled, worth_compiling
from evaltools.estimate.cox_likelihood import Ties, TieSums, evaluate, log_likelihood, tie_sums
from evaltools.estimate.design import Design
from evaltools.estimate.event_days import EventDays, event_days
from evaltools.estimate.formula_terms import closest_name
from evaltools.estimate.newton import Evaluation, Maximum, Search, maximise
from evaltools.estimate.risk_sets import PatternRiskSets, RiskSets, RowRiskSets
from evaltools.estimate.some_people import require_people

__all__ = ["CoxModel", "climb", "cox_model", "events_of"]

Floats = NDArray[np.float64]
_LARGE = 100_000
_SAMPLE = 16  # in a large data set the search starts from the answer for every sixteenth row


@dataclass(frozen=True)
class CoxModel:
    """Data of a Cox model, rows with a missing covariate set aside.

    design: covariates. sets: risk sets, of rows or of patterns. days: event
    times and the place of each row among them. duration, event, weight: shape (n,); weight None when all are 1.
    entry: shape (n,), days. strata: label of each stratum. strata_by: columns that make them.
    """

    design: Design
    sets: RiskSets
    days: EventDays
    duration: Floats
    entry: Floats
    event: NDArray[np.bool_]
    weight: Floats | None
    strata: tuple[str, ...]
    strata_by: tuple[str, ...]
    ties: Ties

    def sums(self, beta: Floats) -> TieSums:
        """Return the sums over ties at the coefficients."""
        return tie_sums(self.sets, beta, self.ties)

    @cached_property
    def loglik_null(self) -> float:
        """Log partial likelihood without covariates."""
        if worth_compiling(self.sets):
            return null_compiled(self.sets, self.ties)
        return log_likelihood(self.sets, np.zeros(len(self.design.terms)), self.ties)

    def linear_predictor(self, beta: Floats) -> Floats:
        """Return the linear predictor of each row less that of the centre, shape (n,)."""
        eta = self.design.matrix @ beta
        return eta if self.design.pattern is None else eta[self.design.pattern]


def cox_model(
    times: EventTimes, design: Design, event: NDArray[np.bool_], strata: Sequence[str] = (), ties: Ties = "efron"
) -> CoxModel:
    """Place people among the event times of their strata.

    Parameters
    ----------
    times : EventTimes
        Everybody, those without a covariate included.
    design : Design
        Covariates; says which rows are used.
    event : numpy.ndarray
        Shape (len(times),), whether each row ends in the event.
    strata : sequence of str
        Columns within which people are compared.
    ties : {'efron', 'breslow'}
        How simultaneous events are taken.
    """
    used = design.used
    everybody = len(used) == len(times)

    def keep(values: NDArray) -> NDArray:
        return values if everybody else values[used]

    duration, happened, entry = keep(times.duration), keep(event), keep(times.entry)
    weight = None if times.weights is None else keep(times.weights)
    labels, stratum = _strata(times, strata, used)
    days = event_days(duration, happened, entry, stratum)
    pattern = design.pattern
    collapsed = pattern is not None and weight is None and 2 * len(design.matrix) * len(days.time) <= len(used)
    if pattern is not None and collapsed:
        sets: RiskSets = PatternRiskSets.from_rows(design.matrix, pattern, happened, days)
    else:
        sets = RowRiskSets(design.expanded(), weight, happened, days)
    return CoxModel(design, sets, days, duration, entry, happened, weight, labels, tuple(strata), ties)


def climb(model: CoxModel) -> Maximum:
    """Find the coefficients at which the partial likelihood is highest; EstimateError in words when there are none."""
    sets, reach = model.sets, model.design.reach
    events = float(sets.deaths @ sets.mean_weight)

    return maximise(
        _likelihood(sets, model.ties),
        _start(model),
        Search(model.design.terms, reach, floor=1e-11 * events * reach**2, promise=max(1e-10, 1e-12 * events)),
    )


def events_of(times: EventTimes, cause: str | None) -> NDArray[np.bool_]:
    """Tell who has the event: of one cause by its name, or of any cause; EstimateError when nobody has."""
    require_people(times)
    named = {name: code for code, name in times.causes.items()}
    if cause is not None and cause not in named:
        raise EstimateError(Problem("E141", f"there is no cause called '{cause}'", fix=closest_name(cause, named)))
    event = times.cause > 0 if cause is None else times.cause == named[cause]
    if not event.any():
        what = "an event" if cause is None else f"the event '{cause}'"
        raise EstimateError(
            Problem("E140", f"not estimable: nobody among {len(times)} has {what}", fix="choose another outcome or wait")
        )
    return event


def _strata(
    times: EventTimes, strata: Sequence[str], used: NDArray[np.int64]
) -> tuple[tuple[str, ...], NDArray[np.int64] | None]:
    if not strata:
        return ("all",), None
    for name in strata:
        if name not in times.data:
            raise EstimateError(
                Problem("E102", f"there is no column '{name}' to stratify by", fix=closest_name(name, times.data.columns))
            )
    codes, labels = times.grouped(strata)
    codes, present = pd.factorize(codes[used], sort=True)
    return tuple(labels[each] for each in present), codes.astype(np.int64)


def _start(model: CoxModel) -> Floats:
    """Return where to start: the answer for a sample of rows when there are many, else no effect."""
    none = np.zeros(len(model.design.terms))
    sets = model.sets
    if type(sets) is not RowRiskSets or len(sets.event) < _LARGE or not sets.event[::_SAMPLE].any():
        return none
    few = slice(None, None, _SAMPLE)
    days = model.days
    stratum = np.searchsorted(days.starts, days.stop[few], side="right") - 1
    some = RowRiskSets(
        sets.matrix[few],
        None if sets.weight is None else sets.weight[few],
        sets.event[few],
        event_days(model.duration[few], sets.event[few], model.entry[few], stratum),
    )
    try:
        return maximise(_likelihood(some, model.ties, len(some.event)), none, Search(model.design.terms)).point
    except EstimateError:
        return none


def _likelihood(sets: RiskSets, ties: Ties, least: int | None = None) -> Callable[[Floats], Evaluation]:
    """Return the partial likelihood as a function of the coefficients, compiled where that pays."""
    if worth_compiling(sets, least):
        rows = sets
        return lambda beta: evaluate_compiled(rows, beta, ties)
    return lambda beta: evaluate(sets, beta, ties)
