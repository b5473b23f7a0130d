"""Reverse Kaplan-Meier: how long people are followed, when an event hides how long they would have been."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.confidence import IntervalName
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.median_time import median_time

__all__ = ["median_follow_up", "reverse_kaplan_meier"]


def reverse_kaplan_meier(
    times: EventTimes, by: str | None = None, ci: IntervalName = "log-log", level: float = 0.95
) -> pd.DataFrame:
    """Estimate the probability of being followed beyond each time: events and censorings change places.

    Parameters
    ----------
    times, by, ci, level
        As for `kaplan_meier`.

    Returns
    -------
    pandas.DataFrame
        As from `kaplan_meier`; here 'events' are ends of follow-up and 'censored' are events.

    References
    ----------
    Schemper and Smith (1996), Controlled Clinical Trials 17, 343-346.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 3, 3, 5], "status": [1, 1, 0, 0]})
    >>> reverse_kaplan_meier(EventTimes.from_frame(people, "days", "status"))["events"].tolist()
    [0, 1, 1]
    """
    return kaplan_meier(_reversed(times), by, ci, level)


def median_follow_up(
    times: EventTimes, by: str | None = None, level: float = 0.95, p: float = 0.5, ci: IntervalName = "log-log"
) -> pd.DataFrame:
    """Estimate the time for which a share 1 - p of the people is followed; the median by default.

    Parameters
    ----------
    times, by, level, p, ci
        As for `median_time`.

    Returns
    -------
    pandas.DataFrame
        As from `median_time`.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 3, 3, 5], "status": [1, 1, 0, 0]})
    >>> median_follow_up(EventTimes.from_frame(people, "days", "status"))["value"].tolist()
    [5.0]
    """
    return median_time(_reversed(times), by, level, p, ci=ci)


def _reversed(times: EventTimes) -> EventTimes:
    return replace(times, cause=(times.cause == 0).astype(int), causes={1: "end of follow-up"})
