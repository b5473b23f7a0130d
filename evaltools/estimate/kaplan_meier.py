"""Kaplan-Meier: the probability of no event so far, when some people are followed for less long than others."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.confidence import IntervalName, probability_interval
from evaltools.estimate.event_table import event_table

__all__ = ["kaplan_meier"]


def kaplan_meier(
    times: EventTimes, by: str | None = None, ci: IntervalName = "log-log", level: float = 0.95
) -> pd.DataFrame:
    """Estimate the probability of no event of any cause beyond each time.

    Parameters
    ----------
    times : EventTimes
        Durations in days; every cause counts as the event.
    by : str, optional
        Column of `times.data`: one curve for each group.
    ci : {'log-log', 'log', 'plain'}
        Scale of the pointwise interval.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row for each group and distinct time: group, time (days), at_risk, events, censored, survival, se (Greenwood, of
        the survival), lower, upper. Before the first event there is no interval; once survival is 0 there is no se either.

    References
    ----------
    Kaplan and Meier (1958), Journal of the American Statistical Association 53, 457-481.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 3, 3, 5], "status": [1, 1, 0, 0]})
    >>> kaplan_meier(EventTimes.from_frame(people, "days", "status"))["survival"].tolist()
    [0.75, 0.5, 0.5]
    """
    table = event_table(times, by)
    d, n = table["events"].to_numpy(dtype=float), table["at_risk"].to_numpy(dtype=float)
    group = table["group"]
    survival = pd.Series((n - d) / n).groupby(group, sort=False).cumprod().to_numpy(dtype=float)
    alive = survival > 0
    step = np.divide(d, n * (n - d), out=np.zeros_like(d), where=n > d)
    total = pd.Series(step).groupby(group, sort=False).cumsum().to_numpy(dtype=float)
    se = np.where(alive, survival * np.sqrt(total), np.nan)
    lower, upper = probability_interval(survival, se, level, ci)
    curve = table[["group", "time", "at_risk", "events", "censored"]]
    return curve.assign(survival=survival, se=se, lower=lower, upper=upper)
