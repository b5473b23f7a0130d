"""The area under a cumulative incidence up to a horizon, and each person's influence on it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.event_counts import EventCounts, entry_rows, exit_rows
from evaltools.estimate.incidence_steps import IncidenceSteps
from evaltools.estimate.jackknife import counts_suffice
from evaltools.estimate.running import running_sum, sum_from_here

__all__ = ["RestrictedArea", "restricted_area"]

Floats = NDArray[np.float64]


class RestrictedArea(NamedTuple):
    """Days lost to the event before the horizon, shape (G,), and their covariance between groups, shape (G, G)."""

    lost: Floats
    covariance: Floats


class _Weights(NamedTuple):
    """What an event of the cause itself, and one of any cause, does to the area at each row. Shape (R,)."""

    own: Floats
    any: Floats


def restricted_area(
    steps: IncidenceSteps,
    counts: EventCounts,
    horizon: float,
    times: EventTimes,
    by: str | None = None,
    code: int | None = None,
) -> RestrictedArea:
    """Return the area under the incidence up to the horizon, for each group.

    Parameters
    ----------
    steps : IncidenceSteps
        Of the cause.
    counts : EventCounts
        From which the steps were made.
    horizon : float
        Days.
    times, by
        From which the counts were made.
    code : int, optional
        Code of the cause; any event without it.

    Returns
    -------
    RestrictedArea
        Of any event without clusters, the variance is the sum of (area of the survival beyond u)^2 d / (n (n - d)), as in
        R's survfit; otherwise the infinitesimal jackknife's. Groups share people only through clusters.

    Examples
    --------
    >>> import pandas as pd
    >>> from evaltools.estimate.event_counts import event_counts
    >>> from evaltools.estimate.incidence_steps import incidence_steps
    >>> times = EventTimes.from_frame(pd.DataFrame({"days": [1, 3], "status": [1, 0]}), "days", "status")
    >>> counts = event_counts(times)
    >>> restricted_area(incidence_steps(counts), counts, 3, times).lost.tolist()
    [1.0]
    """
    until = np.minimum(counts.time, horizon)
    following = np.append(until[1:], horizon)
    following[counts.starts[1:] - 1] = horizon
    area = sum_from_here(steps.incidence * (following - until), counts.starts)
    left = horizon - until
    n, d, own = steps.at_risk, steps.d, steps.d_cause
    beyond = np.maximum(area - steps.incidence * left, 0.0)
    weights = _Weights(steps.before / n * left, np.divide(beyond, n - d, out=np.zeros_like(n), where=n > d))
    first = counts.starts[:-1]
    if counts_suffice(times, replicates=code is None):
        square = weights.own**2 * own * (n - own) - 2 * weights.own * weights.any * own * (n - d)
        square += weights.any**2 * d * (n - d)
        return RestrictedArea(area[first], np.diag(np.maximum(np.add.reduceat(square / n, first), 0.0)))
    return RestrictedArea(area[first], _covariance(steps, counts, weights, times, by, code))


def _covariance(
    steps: IncidenceSteps, counts: EventCounts, weights: _Weights, times: EventTimes, by: str | None, code: int | None
) -> Floats:
    """Return the sums of products of people's (or clusters') influences on the areas of the groups."""
    drift = running_sum((weights.own * steps.d_cause - weights.any * steps.d) / steps.at_risk, counts.starts)
    first, last = entry_rows(counts, times, by), exit_rows(counts, times, by)
    group = np.searchsorted(counts.starts[:-1], last, side="right") - 1
    before = np.where(first > counts.starts[group], drift[first - 1], 0.0)
    own = (times.cause != 0) if code is None else (times.cause == code)
    influence = own * weights.own[last] - (times.cause != 0) * weights.any[last] - (drift[last] - before)
    if times.weights is not None:
        influence = influence * times.weights
    groups = len(counts.labels)
    if times.cluster is None:
        return np.diag(np.bincount(group, weights=influence**2, minlength=groups))
    cluster, labels = times.grouped(times.cluster)
    sums = np.bincount(cluster * groups + group, weights=influence, minlength=len(labels) * groups).reshape(-1, groups)
    return np.asarray(sums.T @ sums, dtype=float)
