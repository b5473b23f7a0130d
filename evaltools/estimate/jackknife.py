"""Infinitesimal jackknife variance of a cumulative incidence: each person's influence, squared and added."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.event_counts import EventCounts, entry_rows, exit_rows
from evaltools.estimate.incidence_steps import IncidenceSteps
from evaltools.estimate.running import running_sum

__all__ = ["counts_suffice", "jackknife_variance"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_BLOCK = 256  # clusters whose influence on every time is held at once


class _Rows(NamedTuple):
    """Where people stand in the event counts: first row at risk, row of the duration, and the first row of the group."""

    first: Ints
    last: Ints
    start: Ints


class _Influence(NamedTuple):
    """The influence of a person on F(t) is a + b F(t): its steps at each row while at risk, and at an event."""

    a_step: Floats
    b_step: Floats
    own: Floats
    any: Floats


def counts_suffice(times: EventTimes, replicates: bool = False) -> bool:
    """Tell whether a variance can be had from counts alone: nobody has a cluster or a weight, or enters late.

    Parameters
    ----------
    times : EventTimes
        The people.
    replicates : bool
        Late entries, and whole weights that stand for so many people, are no obstacle.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": [3, 5], "status": [1, 0], "n": [2, 1]})
    >>> times = EventTimes.from_frame(people, "days", "status", weights="n")
    >>> counts_suffice(times), counts_suffice(times, replicates=True)
    (False, True)
    """
    if times.cluster is not None:
        return False
    if replicates:
        return times.weights is None or bool((times.weights == np.floor(times.weights)).all())
    return times.weights is None and not times.late


def jackknife_variance(
    steps: IncidenceSteps,
    counts: EventCounts,
    times: EventTimes,
    by: str | Iterable[str] | None = None,
    code: int | None = None,
) -> Floats:
    """Return the variance of the incidence at each time, as R's survfit gives it.

    A person's influence on the incidence F(t) is linear in F(t) with coefficients that stop changing when the person leaves
    the risk set. Adding the squares therefore takes one pass over people and one over times, also with late entry. With
    clusters the influences are added within each cluster first, which takes a pass over times for each.

    Parameters
    ----------
    steps : IncidenceSteps
        Of the cause.
    counts : EventCounts
        Of all groups.
    times, by
        From which the counts were made.
    code : int, optional
        Code of the cause; any event without it.

    Returns
    -------
    numpy.ndarray
        Shape (R,).

    References
    ----------
    Therneau, Crowson and Atkinson, Multi-state models and competing risks, vignette of the R package survival.
    """
    # at each time u at risk, a gains -(S(u-)/n)(dA_k + F(u) dA / S(u)) and b gains +(S(u-)/n) dA / S(u); the person's own
    # event adds its own step
    n, f = steps.at_risk, steps.incidence
    weight = steps.before / n
    ratio = np.divide(weight, steps.after, out=np.zeros_like(weight), where=steps.after > 0)
    share = _Influence(-(weight * steps.d_cause + ratio * steps.d * f) / n, ratio * steps.d / n, weight, ratio)
    last = exit_rows(counts, times, by)
    first = entry_rows(counts, times, by)
    starts = counts.starts[:-1]
    rows = _Rows(first, last, starts[np.searchsorted(starts, last, side="right") - 1] if len(last) else last)
    own = (times.cause != 0) if code is None else (times.cause == code)
    scale = np.ones(len(times)) if times.weights is None else times.weights
    if times.cluster is None:
        return _of_people(steps, share, rows, own, times.cause != 0, scale)
    return _of_clusters(steps, share, rows, own, times, scale)


def _of_people(steps: IncidenceSteps, share: _Influence, rows: _Rows, own: NDArray, event: NDArray, scale: Floats) -> Floats:
    """Return the sum over people of their squared influence, shape (R,)."""
    f = steps.incidence
    a_sum, b_sum = running_sum(share.a_step, steps.starts), running_sum(share.b_step, steps.starts)
    late = rows.first > rows.start
    a_entry = np.where(late, a_sum[rows.first - 1], 0.0)
    b_entry = np.where(late, b_sum[rows.first - 1], 0.0)
    last = rows.last
    a_final = a_sum[last] - a_entry + own * share.own[last] + event * share.any[last] * f[last]
    b_final = b_sum[last] - b_entry - event * share.any[last]

    def at(position: Ints, value: Floats) -> Floats:
        return running_sum(np.bincount(position, weights=scale**2 * value, minlength=len(f)), steps.starts)

    def inside(value: Floats) -> Floats:  # summed over people who have entered and not yet left
        return at(rows.first, value) - at(last, value)

    left = at(last, a_final**2) + 2 * f * at(last, a_final * b_final) + f**2 * at(last, b_final**2)
    common = a_sum + b_sum * f  # influence of somebody at risk from the start and still there
    square = inside(a_entry**2) + 2 * f * inside(a_entry * b_entry) + f**2 * inside(b_entry**2)
    there = common**2 * inside(np.ones(len(last))) - 2 * common * (inside(a_entry) + f * inside(b_entry)) + square
    return np.maximum(left + there, 0.0)


def _of_clusters(
    steps: IncidenceSteps, share: _Influence, rows: _Rows, own: NDArray, times: EventTimes, scale: Floats
) -> Floats:
    """Return the sum over clusters of the squared sum of their people's influence, shape (R,)."""
    codes, labels = times.grouped(times.cluster)
    f, size = steps.incidence, len(steps.incidence)
    total = np.zeros(size)
    for block in range(0, len(labels), _BLOCK):
        wide = min(_BLOCK, len(labels) - block)
        mine = np.flatnonzero((codes >= block) & (codes < block + wide))
        cluster = (codes[mine] - block) * (size + 1)

        def cells(position: Ints, value: NDArray, cluster: Ints = cluster, wide: int = wide) -> NDArray:
            return np.bincount(cluster + position, weights=value, minlength=wide * (size + 1)).reshape(wide, size + 1)

        weight, last = scale[mine], rows.last[mine]
        there = np.cumsum(cells(rows.first[mine], weight) - cells(last + 1, weight), axis=1)[:, :size]
        event = cells(last, weight * (times.cause[mine] != 0))[:, :size] * share.any
        mark = cells(last, weight * own[mine])[:, :size] * share.own
        a, b = there * share.a_step + mark + event * f, there * share.b_step - event
        for first, end in pairwise(steps.starts):
            part = slice(first, end)
            total[part] += ((np.cumsum(a[:, part], axis=1) + np.cumsum(b[:, part], axis=1) * f[part]) ** 2).sum(axis=0)
    return total
