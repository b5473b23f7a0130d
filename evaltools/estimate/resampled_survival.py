"""Kaplan-Meier curves of many bootstrap resamples at once, from counts of each cluster by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evaltools.domain.event_times import EventTimes

__all__ = [
    "ClusterDays",
    "cluster_days",
    "resampled_quantile",
    "resampled_survival",
    "survival_on",
    "time_reached",
    "time_without",
]

Floats = NDArray[np.float64]
_NOBODY = 1e-9  # stands for 0 at risk, when there is no event either
_ROWS = 64  # times at once
_FEW = 1_000_000  # counts of so few people are exact as short numbers, even when some are drawn ten times
_ROUNDING = 1e-9  # a survival of 0.5 may be computed as 0.5000000000000001


@dataclass(frozen=True)
class ClusterDays:
    """The people of one group, counted by event time and cluster: T distinct times with an event, C clusters.

    time: shape (T,), days. counts: shape (2 T, C), two rows for each time: who comes to be at risk at it less who was at
    risk at the one before and is no longer; and who has the event. Weighted, where people have weights.
    present: shape (C,), which clusters have people of the group.
    """

    time: Floats
    counts: csr_array
    present: NDArray[np.bool_]


def cluster_days(times: EventTimes, members: NDArray[np.int64], unit: NDArray[np.int64], units: int) -> ClusterDays:
    """Count the members of a group by time and cluster.

    Parameters
    ----------
    times : EventTimes
        Durations in days; every cause counts as the event.
    members : numpy.ndarray
        Positions of the people of the group.
    unit : numpy.ndarray
        Shape (n,), the cluster of everybody in `times`.
    units : int
        Number of clusters, C.
    """
    duration, entry, happened = times.duration[members], times.entry[members], times.cause[members] != 0
    kind = np.float32 if times.weights is None and len(times) < _FEW else np.float64
    weight = np.ones(len(members), dtype=kind) if times.weights is None else times.weights[members]
    cluster = unit[members]
    time = np.unique(duration[happened])
    late = entry > 0
    enters = np.where(late, _reached(time, entry), 0) if late.any() else np.zeros(len(members), dtype=np.int64)
    leaves = _reached(time, duration)
    gone = leaves < len(time)
    rows = np.concatenate([2 * enters, 2 * leaves[gone], 2 * leaves[happened] - 1])
    columns = np.concatenate([cluster, cluster[gone], cluster[happened]])
    values = np.concatenate([weight, np.negative(weight[gone]), weight[happened]])
    ever = rows < 2 * len(time)  # all but those who enter after the last event
    table = (values[ever], (rows[ever], columns[ever]))
    present = np.bincount(cluster, minlength=units) > 0
    return ClusterDays(time, csr_array(table, shape=(2 * len(time), units)), present)


def _reached(time: Floats, days: Floats) -> NDArray[np.int64]:
    """Return how many of the times come on or before each day; whole days are looked up and not searched for."""
    most = days.max(initial=0)
    if most <= len(days) + 1000:
        whole = days.astype(np.int64)
        if np.array_equal(whole, days):
            return np.searchsorted(time, np.arange(most + 1), side="right")[whole]
    return np.searchsorted(time, days, side="right")


def resampled_survival(days: ClusterDays, counts: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the survival after each event time in each resample, and in which resamples nobody of the group was drawn.

    Parameters
    ----------
    days : ClusterDays
        Of one group.
    counts : numpy.ndarray
        Shape (C, b), how often each cluster was drawn; one column of ones gives the estimate itself.

    Returns
    -------
    tuple of numpy.ndarray
        Shapes (T, b) and (b,).

    References
    ----------
    Davison and Hinkley (1997), Bootstrap Methods and their Application, section 3.5.
    """
    pieces = list(_pieces(days, counts))
    empty_curve = np.empty((0, counts.shape[1]))
    return np.concatenate([empty_curve, *pieces]), _empty(days, counts)


def resampled_quantile(days: ClusterDays, counts: Floats, p: float) -> Floats:
    """Return the time by which a share p has had the event in each resample, shape (b,); missing where nobody was drawn.

    Parameters
    ----------
    days, counts
        As for `resampled_survival`; no curve is kept, and none is followed after the quantile is reached.
    p : float
        The share, for example 0.5.
    """
    reached = np.full(counts.shape[1], np.inf)
    first, level = 0, 1 - p + _ROUNDING
    for piece in _pieces(days, counts):
        if piece[-1].min() <= level:
            found = time_reached(days.time[first : first + len(piece)], piece, p)
            reached = np.minimum(reached, found)
            if np.isfinite(reached).all():
                break
        first += len(piece)
    reached[_empty(days, counts)] = np.nan
    return reached


def _empty(days: ClusterDays, counts: Floats) -> NDArray[np.bool_]:
    """Say in which resamples nobody of the group was drawn."""
    return np.asarray(~(counts[days.present] > 0).any(axis=0))


def _pieces(days: ClusterDays, counts: Floats) -> Iterator[Floats]:
    """Yield the survival in each resample, some times after the other, so that the arrays stay in the processor's cache."""
    counts = np.ascontiguousarray(counts, dtype=days.counts.dtype)
    at_risk, before = np.zeros(counts.shape[1], dtype=counts.dtype), np.ones(counts.shape[1])
    for first in range(0, len(days.time), _ROWS):
        end = min(first + _ROWS, len(days.time))
        drawn = _rows(days.counts, 2 * first, 2 * end) @ counts
        changes, events = drawn[::2], drawn[1::2]
        for change in changes:  # which becomes those at risk
            np.add(at_risk, change, out=change)
            at_risk = change
        survival = np.maximum(changes, _NOBODY, dtype=np.float64)
        np.divide(events, survival, out=survival)
        np.subtract(1.0, survival, out=survival)
        for after in survival:
            np.multiply(before, after, out=after)
            before = after
        yield survival


def _rows(table: csr_array, first: int, end: int) -> csr_array:
    """Return some rows of a table without a copy of what they hold."""
    held = slice(table.indptr[first], table.indptr[end])
    parts = (table.data[held], table.indices[held], table.indptr[first : end + 1] - table.indptr[first])
    return csr_array(parts, shape=(end - first, table.shape[1]))


def survival_on(time: Floats, survival: Floats, asked: Floats) -> Floats:
    """Read curves on some days, shape (D, b). time: shape (T,). survival: shape (T, b).

    >>> survival_on(np.array([2.0, 5.0]), np.array([[0.8], [0.4]]), np.array([1.0, 2.0, 9.0])).ravel().tolist()
    [1.0, 0.8, 0.4]
    """
    whole = np.concatenate([np.ones((1, survival.shape[1])), survival])
    return np.clip(whole[np.searchsorted(time, asked, side="right")], 0.0, 1.0)


def time_reached(time: Floats, survival: Floats, p: float) -> Floats:
    """Return the first time at which survival is 1 - p or less, infinity where it never is, shape (b,).

    >>> time_reached(np.array([2.0, 5.0]), np.array([[0.8, 0.9], [0.4, 0.6]]), 0.5).tolist()
    [5.0, inf]
    """
    low, high = np.zeros((2, survival.shape[1]), dtype=np.int64)
    high += len(time)
    every = np.arange(survival.shape[1])
    for _ in range(len(time).bit_length()):  # survival never rises: halve the range that holds the first such time
        middle = np.minimum((low + high) // 2, len(time) - 1)
        above = survival[middle, every] > 1 - p + _ROUNDING
        low, high = np.where(above & (low < high), middle + 1, low), np.where(above, high, np.minimum(middle, high))
    return np.append(time, np.inf)[low]


def time_without(time: Floats, survival: Floats, horizon: float) -> Floats:
    """Return the mean time without event up to the horizon, shape (b,).

    >>> time_without(np.array([2.0, 5.0]), np.array([[0.8], [0.4]]), 6.0).round(3).tolist()
    [4.8]
    """
    ends = np.minimum(np.concatenate([[0.0], time, [horizon]]), horizon)
    whole = np.concatenate([np.ones((1, survival.shape[1])), survival])
    return np.asarray(np.diff(ends) @ whole)
