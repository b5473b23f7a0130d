"""Cox's proportional hazards model: how covariates multiply the hazard of an event, whatever its course over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.coefficient_table import coefficient_table
from evaltools.estimate.cox_likelihood import Ties
from evaltools.estimate.cox_model import CoxModel, climb, cox_model, events_of
from evaltools.estimate.design import design
from evaltools.estimate.fit_notes import fit_note
from evaltools.estimate.robust_variance import cluster_codes, sandwich

if TYPE_CHECKING:
    from evaltools.estimate.proportional_hazards import Transform

__all__ = ["CoxFit", "cox"]


@dataclass(frozen=True)
class CoxFit:
    """A fitted Cox or Fine-Gray model.

    estimates: frame with term, estimate (log hazard ratio), se, robust_se, lower, upper, p. loglik, loglik_null: log partial
    likelihood with and without covariates. n: rows used; n_missing: rows set aside for a missing covariate. events: number
    of events. clusters: number of clusters, None without. method: conventions of the estimate and its errors, in words.
    note: what a reader should be warned of; empty otherwise. covariance: shape (p, p), the one behind the intervals.
    """

    estimates: pd.DataFrame
    loglik: float
    loglik_null: float
    n: int
    n_missing: int
    events: int
    clusters: int | None
    level: float
    method: str
    note: str
    covariance: NDArray[np.float64] = field(repr=False)
    model: CoxModel = field(repr=False)
    kind: str = "cox"

    @property
    def coefficients(self) -> NDArray[np.float64]:
        """Log hazard ratios, shape (p,)."""
        return self.estimates["estimate"].to_numpy(dtype=float)

    @cached_property
    def concordance(self) -> float:
        """Harrell's C: of pairs whose order is known, the share in which the higher risk had the event first."""
        from evaltools.estimate.concordance import concordance

        return concordance(self.model, self.coefficients)

    def proportional_hazards(self, transform: Transform = "km", by_column: bool = False) -> pd.DataFrame:
        """Test whether hazard ratios stay the same over time; see `proportional_hazards`."""
        from evaltools.estimate.proportional_hazards import proportional_hazards

        return proportional_hazards(self, transform, by_column)

    def scaled_residuals(self, transform: Transform = "km") -> pd.DataFrame:
        """Return scaled Schoenfeld residuals to plot against time; see `scaled_residuals`."""
        from evaltools.estimate.scaled_residuals import scaled_residuals

        return scaled_residuals(self, transform)

    def baseline(self, hazard: Ties | None = None) -> pd.DataFrame:
        """Return the hazard of somebody whose covariates are all 0; see `baseline_hazard`."""
        from evaltools.estimate.baseline_hazard import baseline_hazard

        return baseline_hazard(self, hazard)

    def survival(self, newdata: pd.DataFrame, days: Sequence[float] | None = None) -> pd.DataFrame:
        """Predict the probability of no event for people with the covariates of `newdata`; see `predicted_survival`."""
        from evaltools.estimate.baseline_hazard import predicted_survival

        return predicted_survival(self, newdata, days)


def cox(  # noqa: PLR0913 - the choices that define a Cox model, all but two with the usual default
    times: EventTimes,
    formula: str,
    strata: str | Sequence[str] | None = None,
    cluster: str | None = None,
    ties: Ties = "efron",
    robust: bool = False,
    level: float = 0.95,
    cause: str | None = None,
) -> CoxFit:
    """Fit a Cox model.

    Parameters
    ----------
    times : EventTimes
        Durations in days; late entry is allowed, and with it covariates that change (one row for each stretch of time,
        `cluster` naming the person). Weights make errors robust.
    formula : str
        Covariates, for example "age + C(site)"; terms are named as formulaic names them, 'age' and 'C(site)[T.north]'.
    strata : str or sequence of str, optional
        Columns of `times.data` within which people are compared; those of `times` by default.
    cluster : str, optional
        Column of `times.data` whose members resemble each other: errors are then cluster-robust; that of `times` by default.
    ties : {'efron', 'breslow'}
        How events on the same day are taken. 'breslow' is there to reproduce old tables.
    robust : bool
        Robust errors without clusters, each row on its own.
    level : float
        Confidence level.
    cause : str, optional
        Name of the cause to model; people with another cause are censored (cause-specific hazard). Any cause by default.

    Returns
    -------
    CoxFit
        EstimateError, in words, where there is nothing to estimate: no events, a constant, repeated or separating covariate.

    References
    ----------
    Cox (1972), Journal of the Royal Statistical Society B 34, 187-220. Lin and Wei (1989), Journal of the American
    Statistical Association 84, 1074-1078.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [4, 5, 7, 8, 9, 12], "status": [1, 1, 0, 1, 1, 0], "age": [40, 31, 27, 45, 22, 25]})
    >>> fit = cox(EventTimes.from_frame(people, "days", "status"), "age")
    >>> fit.n, fit.events, round(float(fit.estimates["estimate"].iloc[0]), 4)
    (6, 4, 0.0851)
    """
    if ties not in ("efron", "breslow"):
        raise EstimateError(Problem("E104", f"there is no way '{ties}' to take ties", fix="use one of: efron, breslow"))
    event = events_of(times, cause)
    made = design(times.data, formula, collapse=True)
    within = times.strata if strata is None else (strata,) if isinstance(strata, str) else tuple(strata)
    model = cox_model(times, made, event, within, ties)
    if not model.event.any():
        raise EstimateError(
            Problem("E140", f"not estimable: nobody of the {len(made.used)} with every covariate has the event")
        )
    best = climb(model)
    grouping = times.cluster if cluster is None else cluster
    groups = None if grouping is None else cluster_codes(times, grouping, made.used)
    is_robust = robust or groups is not None or times.weights is not None
    spread = sandwich(model, best.point, best.covariance, groups) if is_robust else None
    clusters = None if groups is None else int(groups.max()) + 1
    return CoxFit(
        coefficient_table(made.terms, best.point, best.covariance, spread, level),
        best.loglik,
        model.loglik_null,
        len(made.used),
        made.n_missing,
        int(model.event.sum()),
        clusters,
        level,
        _method(ties, within, is_robust, grouping),
        fit_note(made, int(model.event.sum()), clusters),
        best.covariance if spread is None else spread,
        model,
    )


def _method(ties: Ties, strata: Sequence[str], robust: bool, cluster: str | None) -> str:
    """Say how the numbers were made."""
    said = f"Cox, {ties.capitalize()} ties"
    if strata:
        said += f", stratified by {', '.join(strata)}"
    if cluster is not None:
        return f"{said}; Lin-Wei sandwich errors by {cluster}, no small-sample factor"
    return f"{said}; {'Lin-Wei sandwich errors, no small-sample factor' if robust else 'errors from the information'}"
