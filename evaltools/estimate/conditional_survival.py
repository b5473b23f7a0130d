"""Survival among people without event by a day, for follow-up that begins late and whose first risk sets are too small."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.confidence import IntervalName
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.late_entry import ENOUGH, first_safe_day

__all__ = ["conditional_survival"]


def conditional_survival(
    times: EventTimes,
    by: str | None = None,
    start: float | None = None,
    least: float = ENOUGH,
    ci: IntervalName = "log-log",
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate the probability of no event beyond each time, given none by the start.

    Parameters
    ----------
    times : EventTimes
        Durations and entries in days.
    by : str, optional
        Column of `times.data`.
    start : float, optional
        Day; by default the first one, common to all groups, after which at least `least` people are at risk until numbers
        fall again.
    least : float
        People at risk from which a curve may start. EstimateError when a group never has so many.
    ci, level
        As for `kaplan_meier`.

    Returns
    -------
    pandas.DataFrame
        As from `kaplan_meier`, times after the start only, with a column start (days).

    References
    ----------
    Tsai, Jewell and Wang (1987), Biometrika 74, 883-886.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [3, 9, 9, 12], "status": [1, 1, 1, 0], "seen": [1, 4, 4, 4]})
    >>> times = EventTimes.from_frame(people, "days", "status", entry="seen")
    >>> conditional_survival(times, least=3)[["start", "time", "at_risk"]].values.tolist()
    [[3.0, 9.0, 3.0], [3.0, 12.0, 1.0]]
    """
    start = None if start is None else float(asked_days(start)[0])
    safe = first_safe_day(times, by, least)
    never = [group for group, day in safe.items() if np.isinf(day)]
    if never:
        what = f"not estimable: fewer than {least:g} people are ever at risk in: {', '.join(never)}"
        raise EstimateError(Problem("E126", what, fix="take groups together, or accept fewer: least=5"))
    earliest = max(safe.values(), default=0.0)
    if start is not None and start < earliest:
        what = f"fewer than {least:g} people are at risk soon after day {start:g}"
        raise EstimateError(Problem("E126", what, fix=f"start later: start={earliest:g}"))
    day = earliest if start is None else start
    curve = kaplan_meier(times.after(day) if day > 0 else times, by, ci, level)
    curve.insert(1, "start", day)
    return curve
