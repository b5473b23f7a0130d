"""Mean cumulative function: the expected number of events that a person has had by each day."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cluster_labels import refuse_missing_clusters
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.some_people import require_people

__all__ = ["mean_cumulative"]

Floats = NDArray[np.float64]


def mean_cumulative(
    times: EventTimes, by: str | None = None, person: str | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Estimate the mean number of events by each day when events recur.

    Parameters
    ----------
    times : EventTimes
        One row for each stretch of time (entry, duration] in days, as `recurrent_times` lays them out; every cause counts.
    by : str, optional
        Column that does not change within a person: one curve for each label.
    person : str, optional
        Column that names the person of each row; `times.cluster` by default.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        group, time (days, those with an event), at_risk, events, mean (events a person), se, lower, upper. The error is
        robust: a person's events may resemble each other. The interval is symmetric on the log scale.

    References
    ----------
    Nelson (1988), Journal of Quality Technology 20, 24-35; Lawless and Nadeau (1995), Technometrics 37, 158-168.

    Examples
    --------
    >>> rows = pd.DataFrame({"id": [1, 1, 2], "start": [0, 3, 0], "stop": [3, 9, 9], "job": [1, 1, 0]})
    >>> times = EventTimes.from_frame(rows, "stop", "job", entry="start", cluster="id")
    >>> mean_cumulative(times)["mean"].tolist()
    [0.5, 1.0]
    """
    z = critical_value(level)
    require_people(times)
    units = _people(times, person)
    groups = times.grouped(by)
    _refuse_overlaps(times, units)
    parts = [
        _curve(times, units, np.flatnonzero(groups.codes == code), label, z) for code, label in enumerate(groups.labels)
    ]
    return pd.concat(parts, ignore_index=True)


def _people(times: EventTimes, person: str | None) -> NDArray[np.int64]:
    name = times.cluster if person is None else person
    if name is None:
        return np.arange(len(times))
    if name not in times.data:
        fix = f"use one of: {', '.join(map(str, times.data))}"
        raise EstimateError(Problem("E102", f"there is no column '{name}' that names people", fix=fix))
    refuse_missing_clusters(times.data[name], name)
    return np.asarray(pd.factorize(times.data[name])[0])


def _refuse_overlaps(times: EventTimes, units: NDArray[np.int64]) -> None:
    order = np.lexsort((times.entry, units))
    same = units[order][1:] == units[order][:-1]
    overlap = int((same & (times.entry[order][1:] < times.duration[order][:-1])).sum())
    if overlap:
        what = f"{overlap} rows begin before the same person's last one ends"
        raise EstimateError(Problem("E163", what, fix="name the column of people (person=), or mend the rows"))


def _curve(times: EventTimes, units: NDArray[np.int64], rows: NDArray[np.int64], label: str, z: float) -> pd.DataFrame:
    happened = times.cause[rows] != 0
    weight = np.ones(len(rows)) if times.weights is None else times.weights[rows]
    time, at = np.unique(times.duration[rows][happened], return_inverse=True)
    entry = times.entry[rows]
    enters = np.where(entry > 0, np.searchsorted(time, entry, side="right"), 0)
    leaves = np.searchsorted(time, times.duration[rows], side="right")
    size = len(time) + 1
    at_risk = (np.bincount(enters, weight, size) - np.bincount(leaves, weight, size)).cumsum()[:-1]
    events = np.bincount(at, weight[happened], len(time))
    step = events / at_risk
    mean = np.cumsum(step)
    se = np.sqrt(_variance(units[rows], weight, at_risk, step, (enters, leaves), happened))
    half = np.exp(z * np.divide(se, mean, out=np.zeros_like(mean), where=mean > 0))
    whole = times.weights is None
    return pd.DataFrame(
        {
            "group": label,
            "time": time,
            "at_risk": at_risk.round().astype(int) if whole else at_risk,
            "events": events.astype(int) if whole else events,
            "mean": mean,
            "se": se,
            "lower": np.where(se > 0, mean / half, np.nan),
            "upper": np.where(se > 0, mean * half, np.nan),
        }
    )


def _variance(
    units: NDArray[np.int64],
    weight: Floats,
    at_risk: Floats,
    step: Floats,
    place: tuple[NDArray[np.int64], NDArray[np.int64]],
    happened: NDArray[np.bool_],
) -> Floats:
    """Return the sum over people of the square of sum over days of (own events - own time at risk x rate) / at risk.

    A person's sum changes by -c(t), the same for everybody, while at risk, and by a jump of its own at an event. Only jumps
    and comings and goings are kept for each person: the square of k + (C - c) needs the sum of k and of k squared alone.
    """
    enters, leaves = place
    unit = np.unique(units, return_inverse=True)[1]
    size = len(step)
    lost = np.concatenate([[0.0], np.cumsum(step / at_risk)])  # before each event time
    change = [(enters, unit, weight, weight * lost[enters]), (leaves, unit, -weight, -weight * lost[leaves])]
    own = weight[happened] / at_risk[leaves[happened] - 1]
    change.append((leaves[happened] - 1, unit[happened], np.zeros_like(own), own))
    at, who, slope, constant = (np.concatenate([part[i] for part in change]) for i in range(4))
    order = np.lexsort((at, who))
    at, who, slope, constant = at[order], who[order], slope[order], constant[order]
    s, k = _within(who, slope), _within(who, constant)
    last = np.append(who[1:] != who[:-1], True)
    until = np.where(last, size, np.append(at[1:], size))
    sums = np.zeros((3, size + 1))
    for i, value in enumerate((k**2, s * k, s**2)):
        sums[i] = np.bincount(at, value, size + 1) - np.bincount(until, value, size + 1)
    square, mixed, slopes = sums.cumsum(axis=1)[:, :size]
    after = lost[1:]
    return np.maximum(square - 2 * after * mixed + after**2 * slopes, 0.0)


def _within(who: NDArray[np.int64], values: Floats) -> Floats:
    """Return running sums that start afresh with each person; rows are in order of person."""
    total = np.cumsum(values)
    first = np.append(True, who[1:] != who[:-1])
    before = np.concatenate([[0.0], total[:-1]])[first]
    return total - before[np.cumsum(first) - 1]
