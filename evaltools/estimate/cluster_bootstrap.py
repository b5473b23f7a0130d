"""Cluster bootstrap of Kaplan-Meier: intervals that allow for people of one specialist or site resembling each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.cluster_labels import cluster_labels
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.multinomial_counts import draw_counts, require_replicates
from evaltools.estimate.resampled_survival import (
    ClusterDays,
    cluster_days,
    resampled_quantile,
    resampled_survival,
    survival_on,
    time_reached,
    time_without,
)
from evaltools.estimate.some_people import require_people

__all__ = ["ClusterBootstrap", "bootstrap_units", "cluster_bootstrap", "summarise_draws"]

Floats = NDArray[np.float64]
_DRAWN, _TOGETHER = 100, 1000  # resamples drawn at once (they stay in the processor's cache), and estimated at once
_CELLS = 4_000_000  # counts held at once


@dataclass(frozen=True)
class ClusterBootstrap:
    """Estimates with percentile intervals.

    estimates: group, statistic ('median', 'survival', 'restricted_mean'), day (of the survival, or horizon of the mean),
    value, se, lower, upper, note (why something is missing). draws: shape (rows of estimates, replicates); infinite where a
    median is not reached, missing where nobody of the group was drawn. clusters: how many were drawn from.
    """

    estimates: pd.DataFrame
    draws: Floats
    replicates: int
    clusters: int
    level: float
    method: str


def cluster_bootstrap(  # noqa: PLR0913 - what to estimate and how to resample
    times: EventTimes,
    by: str | None = None,
    cluster: str | None = None,
    level: float = 0.95,
    *,
    p: float | None = 0.5,
    days: Iterable[float] = (),
    horizon: float | None = None,
    replicates: int = 1000,
    seed: int | np.random.Generator = 20260101,
) -> ClusterBootstrap:
    """Resample people or clusters and estimate every Kaplan-Meier curve again, all resamples together.

    Parameters
    ----------
    times : EventTimes
        Durations in days; every cause counts as the event. Weights count.
    by : str, optional
        Column of `times.data`: one curve for each group.
    cluster : str, optional
        Column whose labels are drawn with replacement, for example 'specialist' or 'site'; that of `times` by default, and
        people without either. With several rows a person, name the column of people.
    level : float
        Confidence level.
    p : float, optional
        Share of people by whose time the median (0.5) or another quantile is meant; None for none.
    days : iterable of float
        Days on which to give the survival.
    horizon : float, optional
        Day up to which to give the restricted mean.
    replicates : int
        How many resamples.
    seed : int or numpy.random.Generator
        For the draws; the same seed gives the same interval.

    Returns
    -------
    ClusterBootstrap
        EstimateError with one cluster or fewer than 20 replicates.

    References
    ----------
    Davison and Hinkley (1997), Bootstrap Methods and their Application, sections 3.5 and 3.8; Field and Welsh (2007),
    Journal of the Royal Statistical Society B 69, 369-390.

    Examples
    --------
    >>> people = pd.DataFrame({"days": range(1, 41), "status": 1, "specialist": [1, 2, 3, 4] * 10})
    >>> times = EventTimes.from_frame(people, "days", "status")
    >>> found = cluster_bootstrap(times, cluster="specialist", replicates=100, seed=1)
    >>> found.estimates[["statistic", "value"]].values.tolist()
    [['median', 20.0]]
    """
    critical_value(level)
    if p is not None and not 0 < p < 1:
        raise EstimateError(Problem("E105", f"{p} is not a share of people", fix="give p between 0 and 1, such as 0.5"))
    asked = asked_days(days)
    if horizon is not None:
        horizon = float(asked_days(horizon)[0])
    if p is None and not len(asked) and horizon is None:
        raise EstimateError(Problem("E169", "nothing was asked for", fix="give p=0.5, days=[91] or horizon=365"))
    unit, units, what = bootstrap_units(times, cluster)
    require_replicates(replicates, units, what)
    groups = times.grouped(by)
    tables = [cluster_days(times, np.flatnonzero(groups.codes == code), unit, units) for code in range(len(groups.labels))]
    blocks = [
        np.concatenate([_statistics(table, counts, p, asked, horizon) for table in tables])
        for counts in _once_and_drawn(units, replicates, seed, tables[0].counts.dtype)
    ]
    value, draws = np.split(np.concatenate(blocks, axis=1), [1], axis=1)
    names = [("median" if p == 0.5 else f"quantile_{p:g}", np.nan)] if p is not None else []
    names += [("survival", day) for day in asked] + ([("restricted_mean", horizon)] if horizon is not None else [])
    keys = pd.DataFrame([(label, *name) for label in groups.labels for name in names], columns=["group", "statistic", "day"])
    ends = np.repeat([float(times.duration[groups.codes == code].max()) for code in range(len(groups.labels))], len(names))
    late = (keys["day"].to_numpy(float) > ends) & (value[:, 0] > 0)
    reasons = [
        f"not estimable: nobody is followed beyond day {end:g}" if over else "" for over, end in zip(late, ends, strict=True)
    ]
    return ClusterBootstrap(
        pd.concat([keys, summarise_draws(value[:, 0], draws, level, reasons)], axis=1),
        draws,
        replicates,
        units,
        level,
        f"Kaplan-Meier; percentile bootstrap by {what} ({units}), {replicates} resamples",
    )


def bootstrap_units(
    times: EventTimes, cluster: str | None, used: NDArray[np.int64] | None = None
) -> tuple[NDArray[np.int64], int, str]:
    """Return the cluster of each row, the number of clusters and what they are; each row alone without a cluster.

    used: positions of the rows that count; all by default. A missing cluster is refused.
    """
    require_people(times)
    name = times.cluster if cluster is None else cluster
    if name is None:
        rows = len(times) if used is None else len(used)
        return np.arange(rows), rows, "person"
    codes, labels = cluster_labels(times, name, used)
    return codes, len(labels), name


def summarise_draws(value: Floats, draws: Floats, level: float, reasons: Sequence[str] | None = None) -> pd.DataFrame:
    """Return value, se, lower, upper and note of rows of draws; what is infinite or unknown is missing, with its reason.

    value: shape (R,). draws: shape (R, B). reasons: why a row is not to be given at all; empty where it is.

    >>> summarise_draws(np.array([2.0]), np.arange(101.0)[np.newaxis], 0.9)[["lower", "upper"]].values.tolist()
    [[5.0, 95.0]]
    """
    given = reasons if reasons is not None else [""] * len(value)
    rows = [
        ([np.nan] * 4, reason) if reason else _summary(estimate, row, level)
        for estimate, row, reason in zip(value, draws, given, strict=True)
    ]
    numbers = np.array([numbers for numbers, _ in rows], dtype=float).reshape(-1, 4)
    frame = pd.DataFrame(np.where(np.isfinite(numbers), numbers, np.nan), columns=["value", "se", "lower", "upper"])
    return frame.assign(note=[note for _, note in rows])


def _summary(estimate: float, draws: Floats, level: float) -> tuple[list[float], str]:
    """Return value, se and limits of one row, and what is to be said of them."""
    known = draws[~np.isnan(draws)]
    missing, tail = len(draws) - len(known), (1 - level) / 2
    limits = np.quantile(known, [tail, 1 - tail], method="inverted_cdf") if len(known) else np.full(2, np.nan)
    infinite = int(np.isinf(known).sum())
    notes = [] if np.isfinite(estimate) else ["not estimable: not reached"]
    notes += [f"not reached in {infinite} resamples"] if infinite else []
    notes += [f"nobody of the group in {missing} resamples"] if missing else []
    se = known.std(ddof=1) if not infinite and len(known) > 1 else np.nan
    return [estimate, se, *limits], "; ".join(notes)


def _once_and_drawn(units: int, replicates: int, seed: int | np.random.Generator, kind: np.dtype) -> Iterator[NDArray]:
    """Yield counts of clusters, before all draws a column in which each counts once: the estimate itself."""
    few = max(1, min(_DRAWN, _CELLS // units))
    most = few * max(1, min(_TOGETHER, _CELLS // units) // few)
    drawn = draw_counts(units, replicates, seed, block=few)
    for first in range(0, replicates, most):
        once = int(first == 0)
        counts = np.ones((units, once + min(most, replicates - first)), dtype=kind)
        for column in range(once, counts.shape[1], few):
            counts[:, column : column + few] = next(drawn)
        yield counts


def _statistics(table: ClusterDays, counts: Floats, p: float | None, asked: Floats, horizon: float | None) -> Floats:
    """Return the statistics of one group in each resample, shape (statistics, b)."""
    if not len(asked) and horizon is None:
        return resampled_quantile(table, counts, 0.5 if p is None else p)[np.newaxis]
    survival, empty = resampled_survival(table, counts)
    found = [survival_on(table.time, survival, asked)]
    if p is not None:
        found.insert(0, time_reached(table.time, survival, p)[np.newaxis])
    if horizon is not None:
        found.append(time_without(table.time, survival, horizon)[np.newaxis])
    stacked = np.concatenate(found)
    stacked[:, empty] = np.nan
    return stacked
