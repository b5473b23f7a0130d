"""Survival weighted for loss to follow-up, with intervals by resampling people or clusters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.censoring_weights import CensoringWeights
from evaltools.estimate.cluster_bootstrap import bootstrap_units, summarise_draws
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.multinomial_counts import draw_counts, require_replicates
from evaltools.estimate.resampled_survival import cluster_days, resampled_survival, survival_on

__all__ = ["WeightedSurvival", "weighted_survival"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WeightedSurvival:
    """estimates: group, day, survival, se, lower, upper, note. weights: those of the estimate. draws: (rows, replicates).

    A draw is missing where loss could not be modelled in the resample; `failed` counts them.
    """

    estimates: pd.DataFrame
    weights: CensoringWeights
    draws: Floats
    failed: int
    method: str


def weighted_survival(  # noqa: PLR0913 - what to estimate and how to resample
    times: EventTimes,
    days: Iterable[float],
    weigh: Callable[[EventTimes], CensoringWeights],
    by: str | None = None,
    cluster: str | None = None,
    level: float = 0.95,
    replicates: int = 200,
    seed: int | np.random.Generator = 20260101,
) -> WeightedSurvival:
    """Estimate the probability of no event by some days with weights that are estimated again in every resample.

    Parameters
    ----------
    times : EventTimes
        Durations in days; every cause counts as the event.
    days : iterable of float
        Days from the origin.
    weigh : callable
        From people to weights, for example `lambda people: censoring_weights(people, "C(site)", lost="lost")`.
    by : str, optional
        Column of `times.data`: one curve for each group.
    cluster : str, optional
        Column whose labels are drawn with replacement; that of `times` by default, and people without either.
    level : float
        Confidence level of the percentile interval.
    replicates : int
        How many resamples.
    seed : int or numpy.random.Generator
        For the draws.

    Returns
    -------
    WeightedSurvival
        Missing after the last day on which anybody of the group is followed.

    References
    ----------
    Robins and Finkelstein (2000), Biometrics 56, 779-788.
    """
    critical_value(level)
    asked = asked_days(days)
    unit, units, what = bootstrap_units(times, cluster)
    require_replicates(replicates, units, what)
    labels = times.grouped(by).labels
    weights = weigh(times)
    value = _curves(weights.times, by, labels, asked)
    order = np.argsort(unit, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(unit, minlength=units))[:-1])
    draws = np.full((len(value), replicates), np.nan)
    column = 0
    for counts in draw_counts(units, replicates, seed):
        for drawn in counts.T:
            rows = np.concatenate([np.tile(members[place], int(drawn[place])) for place in np.flatnonzero(drawn)])
            with suppress(
                EstimateError
            ):  # counted below: nobody is lost in the resample, or somebody whom nobody stands for
                draws[:, column] = _curves(weigh(_take(times, rows)).times, by, labels, asked)
            column += 1
    failed = int(np.isnan(draws).all(axis=0).sum())
    table = summarise_draws(value, draws, level).rename(columns={"value": "survival"})
    keys = pd.DataFrame([(label, day) for label in labels for day in asked], columns=["group", "day"])
    return WeightedSurvival(
        keys.join(table),
        weights,
        draws,
        failed,
        f"weighted Kaplan-Meier; {weights.method}; percentile bootstrap by {what} ({units}), weights estimated again",
    )


def _take(times: EventTimes, rows: NDArray[np.int64]) -> EventTimes:
    return replace(
        times,
        duration=times.duration[rows],
        cause=times.cause[rows],
        entry=times.entry[rows],
        data=times.data.iloc[rows].reset_index(drop=True),
    )


def _curves(rows: EventTimes, by: str | None, labels: tuple[str, ...], asked: Floats) -> Floats:
    """Return the weighted survival of each group on each day, missing beyond its follow-up; shape (groups x days,)."""
    groups = rows.grouped(by)
    found = np.full((len(labels), len(asked)), np.nan)
    for code, label in enumerate(groups.labels):
        members = np.flatnonzero(groups.codes == code)
        days = cluster_days(rows, members, np.zeros(len(rows), dtype=np.int64), 1)
        survival = survival_on(days.time, resampled_survival(days, np.ones((1, 1)))[0], asked)[:, 0]
        known = (asked <= rows.duration[members].max()) | (survival < 1e-12)
        found[labels.index(label)] = np.where(known, survival, np.nan)
    return found.ravel()
