"""Kaplan-Meier: the probability of no event so far, when some people are followed for less long than others."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.confidence import IntervalName, probability_interval
from evaltools.estimate.event_counts import EventCounts, event_counts
from evaltools.estimate.incidence_steps import incidence_steps
from evaltools.estimate.jackknife import counts_suffice, jackknife_variance
from evaltools.estimate.running import running_product, running_sum

__all__ = ["kaplan_meier"]


def kaplan_meier(
    times: EventTimes, by: str | None = None, ci: IntervalName = "log-log", level: float = 0.95
) -> pd.DataFrame:
    """Estimate the probability of no event of any cause beyond each time.

    Parameters
    ----------
    times : EventTimes
        Durations in days; every cause counts as the event. Whole weights are so many people; with other weights or a
        cluster the standard error is the infinitesimal jackknife's, as in R's survfit.
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
    counts = event_counts(times, by)
    n, d = counts.at_risk, counts.events
    survival = running_product((n - d) / n, counts.starts)
    if counts_suffice(times, replicates=True):
        se = survival * np.sqrt(_greenwood(counts))
    else:
        se = np.sqrt(jackknife_variance(incidence_steps(counts), counts, times, by))
    se[survival == 0] = np.nan
    lower, upper = probability_interval(survival, se, level, ci)
    return pd.DataFrame(
        {
            "group": counts.group(),
            "time": counts.time,
            "at_risk": n,
            "events": d,
            "censored": counts.ended - d,
            "survival": survival,
            "se": se,
            "lower": lower,
            "upper": upper,
        },
        copy=False,
    )


def _greenwood(counts: EventCounts) -> NDArray[np.float64]:
    """Return the variance of the logarithm of the survival; steps to 0 add nothing."""
    n, d = counts.at_risk, counts.events
    left = n - d
    return running_sum(np.divide(d, n * left, out=np.zeros(len(n)), where=left > 0), counts.starts)
