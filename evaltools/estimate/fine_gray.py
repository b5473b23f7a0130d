"""Fine and Gray's model: how covariates move the cumulative incidence of one cause when others compete with it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.coefficient_table import coefficient_table
from evaltools.estimate.cox import CoxFit
from evaltools.estimate.cox_model import CoxModel, climb, cox_model, events_of
from evaltools.estimate.design import design
from evaltools.estimate.fit_notes import fit_note
from evaltools.estimate.risk_sets import FadingRiskSets
from evaltools.estimate.robust_variance import cluster_codes, score_residuals

__all__ = ["fine_gray"]

Floats = NDArray[np.float64]
_ROUNDING = 1e-20  # a variance this small beside that of the model is 0 but for rounding


def fine_gray(times: EventTimes, formula: str, cause: str, cluster: str | None = None, level: float = 0.95) -> CoxFit:
    """Fit the subdistribution hazard of one cause, as `crr` of R's cmprsk does.

    People with another cause stay at risk with a weight that fades as others are censored (Kaplan-Meier of the censoring,
    everybody together). Ties are Breslow's.

    Parameters
    ----------
    times : EventTimes
        Durations in days and causes; late entry, weights and strata are refused.
    formula : str
        Covariates, as for `cox`.
    cause : str
        Name of the cause whose incidence is modelled.
    cluster : str, optional
        Column of `times.data` whose members resemble each other; that of `times` by default.
    level : float
        Confidence level.

    Returns
    -------
    CoxFit
        As from `cox`. The estimate is a log ratio of subdistribution hazards, not of risks. `se` is the sandwich that allows
        for the estimated weights; `robust_se` the same by cluster. `survival` is one minus the incidence of the cause.

    References
    ----------
    Fine and Gray (1999), Journal of the American Statistical Association 94, 496-509.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": [4, 5, 6, 7, 8, 9], "status": [1, 2, 0, 1, 1, 2], "age": [40, 31, 27, 45, 22, 25]})
    >>> fit = fine_gray(EventTimes.from_frame(people, "days", "status", {1: "job", 2: "left"}), "age", cause="job")
    >>> fit.events, round(float(fit.estimates["estimate"].iloc[0]), 4)
    (3, 0.1134)
    """
    _refuse(times)
    event = events_of(times, cause)
    made = design(times.data, formula)
    plain = cox_model(times, made, event, ties="breslow")
    if not plain.event.any():
        raise EstimateError(
            Problem("E140", f"not estimable: nobody of the {len(made.used)} with every covariate has the event")
        )
    code = times.cause[made.used]
    fade, kept = _weights(plain, code)
    sets = FadingRiskSets(made.expanded(), None, plain.event, plain.days, fade, kept)
    model = CoxModel(made, sets, plain.days, plain.duration, plain.entry, plain.event, None, ("all",), (), "breslow")
    best = climb(model)
    share = score_residuals(model, best.point) + _share_of_weights(model, best.point, code)
    spread = best.covariance @ (share.T @ share) @ best.covariance
    if (np.diag(spread) <= _ROUNDING * np.diag(best.covariance)).any():
        what = "not estimable: everybody at risk has the event on the same day, so nothing tells people apart"
        raise EstimateError(Problem("E140", what, fix="compare shares of people instead"))
    grouping = times.cluster if cluster is None else cluster
    clusters, robust = None, spread
    method = "Fine-Gray, Breslow ties; sandwich errors that allow for the estimated weights, as in cmprsk"
    if grouping is not None:
        groups = cluster_codes(times, grouping, made.used)
        clusters = int(groups.max()) + 1
        total = np.zeros((clusters, len(best.point)))
        np.add.at(total, groups, share)
        robust = best.covariance @ (total.T @ total) @ best.covariance
        method += f", added up by {grouping}"
    return CoxFit(
        coefficient_table(made.terms, best.point, spread, robust, level),
        best.loglik,
        model.loglik_null,
        len(made.used),
        made.n_missing,
        int(model.event.sum()),
        clusters,
        level,
        method,
        fit_note(made, int(model.event.sum()), clusters),
        robust,
        model,
        "fine-gray",
    )


def _refuse(times: EventTimes) -> None:
    if (times.entry > 0).any():
        raise EstimateError(
            Problem(
                "E145", "Fine-Gray is not available with late entry", fix="use cause-specific Cox fits and their incidence"
            )
        )
    if times.weights is not None:
        raise EstimateError(Problem("E145", "Fine-Gray is not available with weights", fix="use cause-specific Cox fits"))
    if times.strata:
        raise EstimateError(
            Problem("E145", "Fine-Gray is not available with strata", fix="take them as covariates, or use `cox`")
        )


def _weights(model: CoxModel, code: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the probability of no censoring before each event time, and 1 over that before each competing event."""
    distinct, place = np.unique(model.duration, return_inverse=True)
    at_risk = np.cumsum(np.bincount(place)[::-1])[::-1]
    censored = np.bincount(place, code == 0)
    before = np.concatenate([[1.0], np.cumprod(1 - censored / at_risk)[:-1]])
    competing = (code != 0) & ~model.event
    kept = np.where(competing, 1 / np.where(before[place] > 0, before[place], 1.0), 0.0)
    return before[np.searchsorted(distinct, model.days.time)], kept


def _share_of_weights(model: CoxModel, beta: Floats, code: NDArray[np.int64]) -> Floats:
    """Return each row's share of the uncertainty of the fading weights, shape (n, p)."""
    sets, sums = model.sets, model.sums(beta)
    assert isinstance(sets, FadingRiskSets)
    x, place_event = sets.matrix, model.days.time
    s1 = sets.sums(sums.risk, x).total
    steps = np.column_stack([sums.hazard, s1 * sums.square[:, None]]) * sets.fade[:, None]
    distinct, place = np.unique(model.duration, return_inverse=True)
    remaining = np.vstack([np.cumsum(steps[::-1], axis=0)[::-1], np.zeros((1, steps.shape[1]))])
    ahead = remaining[np.searchsorted(place_event, distinct)]  # over event times at or after each time
    faded = sums.risk * sets.kept
    own = np.column_stack([faded, faded[:, None] * x])
    gone = np.zeros((len(distinct), own.shape[1]))
    for column in range(own.shape[1]):
        gone[:, column] = np.cumsum(np.bincount(place, own[:, column])) - np.bincount(place, own[:, column])
    pull = gone[:, 1:] * ahead[:, :1] - gone[:, :1] * ahead[:, 1:]
    at_risk = np.cumsum(np.bincount(place)[::-1])[::-1].astype(float)
    censored = np.bincount(place, code == 0)
    expected = np.cumsum(pull * (censored / at_risk**2)[:, None], axis=0)
    return np.where((code == 0)[:, None], (pull / at_risk[:, None])[place], 0.0) - expected[place]
