"""Nelson-Aalen: the cumulative hazard, for checking models and for comparing causes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.confidence import critical_value
from evaltools.estimate.event_counts import event_counts
from evaltools.estimate.named_cause import cause_code
from evaltools.estimate.running import running_sum

__all__ = ["nelson_aalen"]


def nelson_aalen(times: EventTimes, by: str | None = None, cause: str | None = None, level: float = 0.95) -> pd.DataFrame:
    """Estimate the cumulative hazard: the sum of events over people at risk.

    Parameters
    ----------
    times : EventTimes
        Durations in days.
    by : str, optional
        Column of `times.data`.
    cause : str, optional
        Name of a cause: its own hazard. Any event without it.
    level : float
        Confidence level of the interval, symmetric on the log scale.

    Returns
    -------
    pandas.DataFrame
        group, time (days), at_risk, events, hazard (cumulative), se (Aalen's: from the sum of d / n^2), lower, upper. Before
        the first event there is no interval.

    References
    ----------
    Aalen (1978), Annals of Statistics 6, 701-726.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 3, 3, 5], "status": [1, 1, 0, 0]})
    >>> nelson_aalen(EventTimes.from_frame(people, "days", "status"))["hazard"].round(4).tolist()
    [0.25, 0.5833, 0.5833]
    """
    code = cause_code(times, cause)
    z = critical_value(level)
    counts = event_counts(times, by)
    n, d = counts.at_risk, counts.events if code is None else counts.by_cause[counts.codes.index(code)]
    hazard = running_sum(d / n, counts.starts)
    se = np.sqrt(running_sum(d / n**2, counts.starts))
    known = hazard > 0
    factor = np.exp(z * np.divide(se, hazard, out=np.zeros_like(se), where=known))
    return pd.DataFrame(
        {
            "group": counts.group(),
            "time": counts.time,
            "at_risk": n,
            "events": d,
            "hazard": hazard,
            "se": se,
            "lower": np.where(known, hazard / factor, np.nan),
            "upper": np.where(known, hazard * factor, np.nan),
        }
    )
