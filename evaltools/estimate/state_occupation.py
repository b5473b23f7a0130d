"""State occupation: the probability of being in each state on each day, and the days expected in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.state_history import StateHistory
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.cluster_labels import refuse_missing_clusters
from evaltools.estimate.confidence import critical_value, probability_interval
from evaltools.estimate.multinomial_counts import percentile_limits, require_replicates
from evaltools.estimate.state_curves import StateOccupation
from evaltools.estimate.state_influence import state_path
from evaltools.estimate.state_resamples import resampled_path
from evaltools.estimate.transition_table import TransitionTable, transition_table

__all__ = ["state_occupation"]

Floats = NDArray[np.float64]
_NONE = 1e-9  # a probability this small is 0 that was rounded on the way


class _Estimate(NamedTuple):
    """Each of shape (T + 1, S), or (S,) for the days."""

    probability: Floats
    se: Floats
    lower: Floats
    upper: Floats
    days: Floats
    days_se: Floats
    days_lower: Floats
    days_upper: Floats


def state_occupation(  # noqa: PLR0913 - a method, its groups and its interval
    history: StateHistory,
    states: Sequence[str] | None = None,
    by: str | None = None,
    horizon: float | None = None,
    level: float = 0.95,
    *,
    cluster: str | None = None,
    interval: Literal["jackknife", "bootstrap"] = "jackknife",
    replicates: int = 1000,
    seed: int | np.random.Generator = 20260101,
) -> StateOccupation:
    """Estimate the probability of each state by the Aalen-Johansen product, and the expected days in each.

    Follow-up must end for reasons that have nothing to do with the states; then no Markov assumption is needed for these
    probabilities. Late entry and ties are exact.

    Parameters
    ----------
    history : StateHistory
        Spells in days.
    states : sequence of str, optional
        States to show, in this order; all by default. All are estimated.
    by : str, optional
        Column that does not change within a person: one set of curves for each label.
    horizon : float, optional
        Day to which days are counted; by default the last day followed in the group that is followed least.
    level : float
        Confidence level.
    cluster : str, optional
        Column of the specialist or site whose people resemble each other; people are independent without it.
    interval : {'jackknife', 'bootstrap'}
        'jackknife': infinitesimal jackknife as in R's survfit, log(-log) for probabilities and plain for days.
        'bootstrap': people or clusters drawn with replacement, percentiles.
    replicates, seed
        Of the bootstrap.

    Returns
    -------
    StateOccupation
        A missing value of `expected` has its reason in `note`.

    References
    ----------
    Aalen and Johansen (1978), Scandinavian Journal of Statistics 5, 141-150; Datta and Satten (2001), Statistics and
    Probability Letters 55, 403-411.

    Examples
    --------
    >>> seen = pd.DataFrame({"id": [1, 1, 2, 3], "state": ["out", "job", "out", "out"], "day": [0, 4, 0, 0]})
    >>> people = pd.DataFrame({"id": [1, 2, 3], "last": 10})
    >>> history = StateHistory.from_events(seen, people, "id", "last", states=("out", "job"))
    >>> state_occupation(history, horizon=10).expected["days"].round(2).tolist()
    [8.0, 2.0]
    """
    if interval not in ("jackknife", "bootstrap"):
        fix = "use one of: jackknife, bootstrap"
        raise EstimateError(Problem("E104", f"there is no interval called '{interval}'", fix=fix))
    critical_value(level)
    shown = _shown(history, states)
    groups = history.units(by)
    clusters = history.units(cluster)
    if cluster is not None:
        refuse_missing_clusters(history.data[cluster], cluster)
    unit = np.arange(history.people) if cluster is None else clusters.codes
    tables = {
        label: transition_table(history, groups.codes[history.person] == code, unit)
        for code, label in enumerate(groups.labels)
    }
    tau = min(table.last for table in tables.values()) if horizon is None else float(asked_days(horizon, -np.inf)[0])
    curves, expected, notes = [], [], []
    for label, table in tables.items():
        members, places = np.unique(table.unit, return_inverse=True)
        own = TransitionTable(**{**vars(table), "unit": places})
        if interval == "jackknife":
            estimate = _jackknife(own, len(members), tau, level)
        else:
            require_replicates(replicates, len(members), cluster or "person")
            estimate = _bootstrap(own, len(members), tau, level, replicates, seed)
        curves += [_curve(label, history.states[s], s, own, estimate) for s in shown]
        reason = _reason(own, estimate.probability, history.leavable(), tau)
        spans = np.array([estimate.days, estimate.days_se, estimate.days_lower, estimate.days_upper]).T
        expected += [_days(label, history.states[s], spans[s].tolist(), own, tau, reason) for s in shown]
        notes += [f"{label}: {note}" for note in _notes(own, estimate.probability, history.states)]
    method = "Aalen-Johansen state occupation"
    ci_method = "percentile bootstrap" if interval == "bootstrap" else "infinitesimal jackknife; log(-log), days plain"
    ci_method += f" by {cluster} ({len(clusters.labels)})" if cluster else " by person"
    if history.unseen:
        notes.append(f"{history.unseen} people without a day at risk are not counted")
    return StateOccupation(
        pd.concat(curves, ignore_index=True),
        pd.DataFrame(expected),
        history.people,
        history.unseen,
        method,
        ci_method,
        tuple(notes),
    )


def _shown(history: StateHistory, states: Sequence[str] | None) -> list[int]:
    if not len(history):
        raise EstimateError(Problem("E158", "nobody was followed in any state", fix="give at least one spell"))
    unknown = [state for state in states or () if state not in history.states]
    if unknown:
        fix = f"use some of: {', '.join(history.states)}"
        raise EstimateError(Problem("E159", f"there is no state '{unknown[0]}'", fix=fix))
    return [history.states.index(state) for state in states or history.states]


def _jackknife(table: TransitionTable, units: int, horizon: float, level: float) -> _Estimate:
    path = state_path(table, units, horizon)
    se, days_se = np.sqrt(path.variance), np.sqrt(path.days_variance)
    lower, upper = probability_interval(path.probability, se, level)
    half = np.where(days_se > _NONE, critical_value(level) * days_se, np.nan)
    longest = max(horizon - table.first, 0.0)
    return _Estimate(
        path.probability,
        se,
        lower,
        upper,
        path.days,
        days_se,
        np.clip(path.days - half, 0.0, longest),
        np.clip(path.days + half, 0.0, longest),
    )


def _bootstrap(
    table: TransitionTable, units: int, horizon: float, level: float, replicates: int, seed: int | np.random.Generator
) -> _Estimate:
    path = state_path(table, units, horizon)
    draws, days = resampled_path(table, units, horizon, replicates, seed)
    curves, spans = percentile_limits(draws, level), percentile_limits(days, level)
    return _Estimate(path.probability, *curves, path.days, *spans)


def _curve(label: str, state: str, s: int, table: TransitionTable, estimate: _Estimate) -> pd.DataFrame:
    into = table.moves[table.target[table.moves] == s]
    entries = np.bincount(table.leaves[into], minlength=len(table.time) + 1)
    before = (
        table.at_risk[:1] if len(table.time) else np.bincount(table.origin, minlength=table.at_risk.shape[1])[np.newaxis]
    )
    return pd.DataFrame(
        {
            "group": label,
            "state": state,
            "time": np.concatenate([[table.first], table.time]),
            "at_risk": np.concatenate([before, table.at_risk])[:, s].astype(int),
            "entries": entries,
            "probability": np.clip(estimate.probability[:, s], 0.0, 1.0),
            "se": estimate.se[:, s],
            "lower": estimate.lower[:, s],
            "upper": estimate.upper[:, s],
        }
    )


def _days(
    label: str, state: str, days: Sequence[float], table: TransitionTable, horizon: float, reason: str
) -> dict[str, object]:
    values = dict(zip(("days", "se", "lower", "upper"), days, strict=True))
    row = {"group": label, "state": state, "horizon": horizon, **values, "followed": table.last, "note": reason}
    if reason:
        return row | dict.fromkeys(values, np.nan)
    return (
        row
        if values["se"] > _NONE
        else row | {"lower": np.nan, "upper": np.nan, "note": "no interval: everybody spent the same days in the state"}
    )


def _reason(table: TransitionTable, probability: Floats, leavable: NDArray[np.bool_], horizon: float) -> str:
    """Say why the days cannot be estimated; empty when they can."""
    if horizon <= table.first:
        return f"not estimable: nobody is at risk before day {table.first:g}"
    if horizon > table.last and probability[-1][leavable].sum() > _NONE:
        return f"not estimable: nobody is followed beyond day {table.last:g}"
    return ""


def _notes(table: TransitionTable, probability: Floats, states: Sequence[str]) -> list[str]:
    notes = [] if len(table.time) else ["nobody moved from one state to another"]
    for s in np.unique(table.origin):
        empty = (probability[:-1, s] > _NONE) & (table.at_risk[:, s] == 0)
        if empty.any():
            day = table.time[np.argmax(empty)]
            notes.append(f"from day {day:g} on somebody may be in '{states[s]}' but nobody is seen there")
    return notes
