"""Counts of several groups at common times, stratum by stratum: what tests between groups are made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.event_counts import EventCounts, event_counts

__all__ = ["Compared", "SharedCounts", "refuse_clusters", "refuse_shares", "shared_counts"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SharedCounts:
    """One stratum: G groups at T common times, at each of which something happened to somebody.

    time: shape (T,). at_risk: shape (G, T), just before it. by_cause: shape (K, G, T), in order of the causes' codes.
    """

    time: Floats
    at_risk: Floats
    by_cause: Floats


@dataclass(frozen=True)
class Compared:
    """The groups of a comparison: labels, people (G,), and the strata within which they are compared."""

    labels: tuple[str, ...]
    people: NDArray
    strata: tuple[SharedCounts, ...]


def shared_counts(times: EventTimes, by: str, strata: str | Iterable[str] | None = None) -> Compared:
    """Return the counts of the groups at common event times, for each stratum.

    Parameters
    ----------
    times : EventTimes
        The people.
    by : str
        Column of `times.data`.
    strata : str or iterable of str, optional
        Column or columns of `times.data`; one stratum without.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": [1, 2, 3], "status": 1, "site": ["a", "b", "a"]})
    >>> compared = shared_counts(EventTimes.from_frame(people, "days", "status"), "site")
    >>> compared.labels, compared.strata[0].at_risk.tolist()
    (('a', 'b'), [[2.0, 1.0, 1.0], [1.0, 1.0, 0.0]])
    """
    counts = event_counts(times, by)
    people = np.add.reduceat(counts.ended, counts.starts[:-1]) if counts.labels else np.zeros(0)
    if not strata:
        return Compared(counts.labels, people, (_shared(times, counts, by, counts.labels),))
    codes, names = times.grouped(strata)
    order = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes, minlength=len(names)))[:-1])
    parts = (_part(times, by, members) for members in order)
    return Compared(counts.labels, people, tuple(_shared(part, event_counts(part, by), by, counts.labels) for part in parts))


def refuse_shares(times: EventTimes) -> None:
    """Refuse weights that do not stand for so many people: the test would believe in people who were never seen.

    Parameters
    ----------
    times : EventTimes
        The people.

    Examples
    --------
    >>> import pandas as pd
    >>> refuse_shares(EventTimes.from_frame(pd.DataFrame({"days": [1], "status": [1]}), "days", "status"))
    """
    if times.weights is not None and (times.weights != np.floor(times.weights)).any():
        what = "this test does not know weights other than whole numbers of people"
        raise EstimateError(Problem("E127", what, fix="use a model with robust standard errors, or leave the weights out"))


def _part(times: EventTimes, by: str, members: NDArray[np.int64]) -> EventTimes:
    """Return some of the people, with the one column that is needed."""
    return replace(
        times,
        duration=times.duration[members],
        cause=times.cause[members],
        entry=times.entry[members],
        weights=None if times.weights is None else times.weights[members],
        data=times.data[[by]].iloc[members].reset_index(drop=True),
    )


def _shared(times: EventTimes, counts: EventCounts, by: str, labels: tuple[str, ...]) -> SharedCounts:
    """Return the counts of one stratum."""
    happened = counts.events > 0
    shared = np.unique(counts.time[happened])
    shape = len(labels), len(shared)
    own = np.array([labels.index(label) for label in counts.labels], dtype=np.int64)  # a stratum may lack some groups
    group = np.repeat(own, np.diff(counts.starts))
    place = np.searchsorted(shared, counts.time, side="right") - 1  # people stay at risk up to this shared time
    cell = group * len(shared) + place
    counted = place >= 0
    ended = np.bincount(cell[counted], counts.ended[counted], minlength=shape[0] * shape[1]).reshape(shape)
    at_risk: Floats = np.cumsum(ended[:, ::-1], axis=1, dtype=float)[:, ::-1]
    if times.late:
        at_risk = at_risk - _not_entered(times, by, labels, shared)
    by_cause = np.zeros((len(counts.codes), shape[0] * shape[1]))
    by_cause[:, cell[happened]] = counts.by_cause[:, happened]
    return SharedCounts(shared, at_risk, by_cause.reshape(len(counts.codes), *shape))


def _not_entered(times: EventTimes, by: str, labels: tuple[str, ...], shared: Floats) -> Floats:
    """Count the people of each group who enter at each time or later."""
    groups = times.grouped(by)
    waiting = np.zeros((len(labels), len(shared)))
    for code, label in enumerate(groups.labels):
        mine = np.flatnonzero((groups.codes == code) & (times.entry > 0))
        mine = mine[np.argsort(times.entry[mine])]
        size = np.ones(len(mine)) if times.weights is None else times.weights[mine]
        left = np.append(np.cumsum(size[::-1])[::-1], 0.0)
        waiting[labels.index(label)] = left[np.searchsorted(times.entry[mine], shared)]
    return waiting


def refuse_clusters(times: EventTimes) -> None:
    """Refuse people who resemble each other by cluster: the test would take them as independent.

    Parameters
    ----------
    times : EventTimes
        The people.

    Examples
    --------
    >>> import pandas as pd
    >>> refuse_clusters(EventTimes.from_frame(pd.DataFrame({"days": [1], "status": [1]}), "days", "status"))
    """
    if times.cluster is not None:
        what = f"this test takes people as independent, and '{times.cluster}' says that they resemble each other"
        raise EstimateError(Problem("E127", what, fix="use `cox` with the groups as a covariate, or leave the cluster out"))
