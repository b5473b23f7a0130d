"""Counts of people at risk, events and censorings at each distinct time: the sufficient statistic of every step curve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.event_counts import event_counts

__all__ = ["event_table", "number_at_risk", "ordered_groups"]


def event_table(times: EventTimes, by: str | None = None) -> pd.DataFrame:
    """Count, for each group and distinct time, who was at risk just before it and what happened at it.

    Parameters
    ----------
    times : EventTimes
        Durations and entries in days.
    by : str, optional
        Column of `times.data`; people without a label form the group '(missing)', which comes last.

    Returns
    -------
    pandas.DataFrame
        One row for each group and distinct duration: group, time (days), at_risk (people with entry < time <= duration;
        at day 0, everybody who entered at 0), events (of any cause), censored, and events_<code> for each cause. Sums of
        weights where people have weights.

    References
    ----------
    Klein and Moeschberger (2003), Survival Analysis, 2nd edition, section 4.2.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 2, 5], "status": [1, 0, 1]})
    >>> event_table(EventTimes.from_frame(people, "days", "status"))[["at_risk", "events", "censored"]].values.tolist()
    [[3, 1, 1], [1, 1, 0]]
    """
    counts = event_counts(times, by)
    return pd.DataFrame(
        {
            "group": counts.group(),
            "time": counts.time,
            "at_risk": counts.at_risk,
            "events": counts.events,
            "censored": counts.ended - counts.events,
            **{f"events_{code}": counts.by_cause[counts.codes.index(code)] for code in times.causes},
        }
    )


def number_at_risk(times: EventTimes, days: Iterable[float], by: str | None = None) -> pd.DataFrame:
    """Count the people at risk just before each of some days, as printed under a curve.

    Parameters
    ----------
    times : EventTimes
        Durations and entries in days.
    days : iterable of float
        Days from the origin.
    by : str, optional
        Column of `times.data`.

    Returns
    -------
    pandas.DataFrame
        group, day, at_risk (people with entry < day <= duration).

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 2, 5], "status": [1, 0, 1]})
    >>> number_at_risk(EventTimes.from_frame(people, "days", "status"), [0, 3])["at_risk"].tolist()
    [3, 1]
    """
    asked = asked_days(days)
    counts = event_counts(times, by)
    parts = [_from_day(counts.ended[a:b], counts.time[a:b], asked) for a, b in pairwise(counts.starts)]
    followed = np.concatenate([np.array([], dtype=counts.ended.dtype), *parts])
    late = _not_entered(times, by, asked) if times.late else 0
    return pd.DataFrame(
        {
            "group": np.repeat(np.array(counts.labels, dtype=object), len(asked)),
            "day": np.tile(asked, len(counts.labels)),
            "at_risk": followed - late,
        }
    )


def ordered_groups(times: EventTimes, by: str | None = None) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Yield each group's label and the positions of its people: labels in alphabetical order, '(missing)' last.

    Parameters
    ----------
    times : EventTimes
        The people.
    by : str, optional
        Column of `times.data`; one group 'all' without it.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 5], "status": [1, 0], "site": [None, "B"]})
    >>> [label for label, _ in ordered_groups(EventTimes.from_frame(people, "days", "status"), "site")]
    ['B', '(missing)']
    """
    codes, labels = times.grouped(by)
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes, minlength=len(labels)))[:-1])
    yield from ((label, people) for label, people in zip(labels, members, strict=True) if len(people))


def _from_day(ended: NDArray, time: NDArray[np.float64], asked: NDArray[np.float64]) -> NDArray:
    """Count the people of one group whose duration is each day or later."""
    left = np.append(np.cumsum(ended[::-1])[::-1], 0)
    return left[np.searchsorted(time, asked, side="left")]


def _not_entered(times: EventTimes, by: str | None, asked: NDArray[np.float64]) -> NDArray:
    """Count, for each group and day, the people who enter on that day or later: they are still followed before it."""
    waiting: list[NDArray] = []
    for _, people in ordered_groups(times, by):
        late = people[times.entry[people] > 0]
        weight = np.ones(len(late), dtype=int) if times.weights is None else times.weights[late]
        order = np.argsort(times.entry[late])
        waiting.append(_from_day(weight[order], times.entry[late][order], asked))
    return np.concatenate(waiting)
