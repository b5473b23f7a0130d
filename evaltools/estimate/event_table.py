"""Counts of people at risk, events and censorings at each distinct time: the sufficient statistic of every step curve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes

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
        at day 0, everybody who entered at 0), events (of any cause), censored, and events_<code> for each cause.

    References
    ----------
    Klein and Moeschberger (2003), Survival Analysis, 2nd edition, section 4.2.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 2, 5], "status": [1, 0, 1]})
    >>> event_table(EventTimes.from_frame(people, "days", "status"))[["at_risk", "events", "censored"]].values.tolist()
    [[3, 1, 1], [1, 1, 0]]
    """
    parts = [_count(label, times, members) for label, members in ordered_groups(times, by)]
    if not parts:
        return _count("all", times, np.array([], dtype=int))
    return pd.concat(parts, ignore_index=True)


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
    asked = np.asarray(list(days), dtype=float)
    parts = [
        pd.DataFrame({"group": label, "day": asked, "at_risk": _at_risk(times, members, asked)})
        for label, members in ordered_groups(times, by)
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["group", "day", "at_risk"])


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
    codes, labels = pd.factorize(times.groups(by), sort=True)
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes, minlength=len(labels)))[:-1])
    pairs = list(zip([str(label) for label in labels], members, strict=False))
    yield from sorted(pairs, key=lambda pair: pair[0] == "(missing)")


def _count(label: str, times: EventTimes, members: NDArray[np.int64]) -> pd.DataFrame:
    """Return the event table of one group."""
    distinct, position = np.unique(times.duration[members], return_inverse=True)
    cause = times.cause[members]
    by_cause = {f"events_{code}": np.bincount(position[cause == code], minlength=len(distinct)) for code in times.causes}
    events = np.bincount(position[cause != 0], minlength=len(distinct))
    return pd.DataFrame(
        {
            "group": pd.Series([label] * len(distinct), dtype="object"),
            "time": distinct,
            "at_risk": _at_risk(times, members, distinct),
            "events": events,
            "censored": np.bincount(position, minlength=len(distinct)) - events,
            **by_cause,
        }
    )


def _at_risk(times: EventTimes, members: NDArray[np.int64], days: NDArray[np.float64]) -> NDArray[np.int64]:
    """Count members still followed on each day, less those who enter on it or later.

    A person who enters late has entry < duration, so whoever has not entered by a day is still followed on it.
    """
    duration = np.sort(times.duration[members])
    entry = times.entry[members]
    late = np.sort(entry[entry > 0])
    followed = len(duration) - np.searchsorted(duration, days, side="left")
    return np.asarray(followed - (len(late) - np.searchsorted(late, days, side="left")))
