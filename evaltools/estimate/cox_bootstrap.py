"""Cluster bootstrap of a Cox model: each resample is fitted exactly, from where the influence of its clusters points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cluster_bootstrap import bootstrap_units, summarise_draws
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.cox_model import CoxModel, climb, cox_model, events_of
from evaltools.estimate.design import design
from evaltools.estimate.fit_notes import lacking_note
from evaltools.estimate.multinomial_counts import draw_counts, require_replicates
from evaltools.estimate.repeated_cox import RepeatedCox
from evaltools.estimate.robust_variance import score_residuals

__all__ = ["CoxBootstrap", "CoxResamples", "cox_bootstrap", "cox_resamples"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CoxBootstrap:
    """estimates: term, estimate (log hazard ratio), se, lower, upper (percentiles), note. draws: shape (replicates, p).

    A draw is missing where the resample has no estimate; `failed` counts them. n: rows used; n_missing: rows set aside for a
    missing covariate. clusters: of the rows used, drawn from. note: what a reader should be warned of; empty otherwise.
    """

    estimates: pd.DataFrame
    draws: Floats
    replicates: int
    failed: int
    n: int
    n_missing: int
    clusters: int
    method: str
    note: str


@dataclass(frozen=True)
class CoxResamples:
    """A Cox model and all that its resamples share. unit: shape (n,), the cluster of each row used."""

    model: CoxModel
    rows: RepeatedCox
    beta: Floats
    unit: NDArray[np.int64]
    units: int
    pull: Floats  # shape (units, p): first-order change of the estimate when a cluster counts once more

    def draw(self, counts: Floats) -> tuple[Floats, Floats]:
        """Return how often each row counts, and the coefficients. counts: shape (units,), how often each cluster counts."""
        repeats = counts[self.unit]
        return repeats, self.rows.fit(repeats, self.beta + (counts - 1) @ self.pull)


def cox_resamples(times: EventTimes, formula: str, cluster: str | None = None, cause: str | None = None) -> CoxResamples:
    """Fit a Cox model (Efron ties) and prepare to fit it again to resamples; arguments as for `cox_bootstrap`."""
    if times.weights is not None:
        raise EstimateError(Problem("E165", "weighted rows cannot be resampled as rows", fix="leave the weights out"))
    event = events_of(times, cause)
    made = design(times.data, formula)
    model = cox_model(times, made, event, times.strata)
    best = climb(model)
    unit, units, _ = bootstrap_units(times, cluster, made.used)
    scores = np.zeros((units, len(best.point)))
    np.add.at(scores, unit, score_residuals(model, best.point))
    rows = RepeatedCox.from_rows(made.expanded(), event[made.used], model.days)
    return CoxResamples(model, rows, best.point, unit, units, scores @ best.covariance)


def cox_bootstrap(  # noqa: PLR0913 - a model and how to resample it
    times: EventTimes,
    formula: str,
    cluster: str | None = None,
    level: float = 0.95,
    replicates: int = 1000,
    seed: int | np.random.Generator = 20260101,
    cause: str | None = None,
) -> CoxBootstrap:
    """Resample people or clusters and fit the Cox model again each time.

    Parameters
    ----------
    times : EventTimes
        Durations in days, without weights; strata are those of `times`.
    formula : str
        Covariates, for example "age + C(site)".
    cluster : str, optional
        Column whose labels are drawn with replacement; that of `times` by default, and rows without either.
    level : float
        Confidence level of the percentile interval.
    replicates : int
        How many resamples.
    seed : int or numpy.random.Generator
        For the draws.
    cause : str, optional
        Name of the cause to model; any by default.

    Returns
    -------
    CoxBootstrap
        EstimateError where the model itself cannot be estimated. Resamples without an estimate are counted, not hidden.

    References
    ----------
    Davison and Hinkley (1997), Bootstrap Methods and their Application, section 7.3.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [4, 5, 7, 8, 9, 12] * 4, "status": [1, 1, 0, 1, 1, 0] * 4, "age": range(24)})
    >>> found = cox_bootstrap(EventTimes.from_frame(people, "days", "status"), "age", replicates=50, seed=1)
    >>> found.estimates["term"].tolist(), found.failed
    (['age'], 0)
    """
    critical_value(level)
    ready = cox_resamples(times, formula, cluster, cause)
    what = cluster or times.cluster or "person"
    require_replicates(replicates, ready.units, what)
    draws = np.array(
        [
            ready.draw(each)[1]
            for counts in draw_counts(ready.units, replicates, seed)
            for each in np.ascontiguousarray(counts.T)
        ]
    )
    failed = int(np.isnan(draws).any(axis=1).sum())
    table = summarise_draws(ready.beta, draws.T, level).rename(columns={"value": "estimate"})
    table["note"] = f"no estimate in {failed} resamples" if failed else ""
    return CoxBootstrap(
        table.assign(term=list(ready.model.design.terms))[["term", "estimate", "se", "lower", "upper", "note"]],
        draws,
        replicates,
        failed,
        len(ready.unit),
        ready.model.design.n_missing,
        ready.units,
        f"Cox, Efron ties; percentile bootstrap by {what} ({ready.units}), {replicates} resamples",
        lacking_note(ready.model.design),
    )
