"""Late entry: the day from which enough people are at risk for a curve that a few early events do not decide."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.event_counts import event_counts

__all__ = ["ENOUGH", "first_safe_day"]

ENOUGH = 10  # people at risk


def first_safe_day(times: EventTimes, by: str | None = None, least: float = ENOUGH) -> dict[str, float]:
    """Return the day after which nothing happens to fewer than so many people at risk, until numbers fall again.

    Parameters
    ----------
    times : EventTimes
        Durations and entries in days.
    by : str, optional
        Column of `times.data`.
    least : float
        People at risk that are enough.

    Returns
    -------
    dict
        For each group a day: 0 when nobody enters late. Infinite when never so many are at risk.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"days": [3, 9, 9, 9], "status": 1, "seen": [1, 4, 4, 4]})
    >>> first_safe_day(EventTimes.from_frame(people, "days", "status", entry="seen"), least=2)
    {'all': 3.0}
    """
    counts = event_counts(times, by)
    days = {}
    for label, (first, end) in zip(counts.labels, pairwise(counts.starts), strict=True):
        at_risk, time = counts.at_risk[first:end], counts.time[first:end]
        highest = int(np.argmax(at_risk))
        few = np.flatnonzero(at_risk[:highest] < least)
        days[label] = np.inf if at_risk[highest] < least else float(time[few[-1]]) if len(few) else 0.0
    return days
