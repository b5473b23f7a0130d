"""The probability of no event from the people seen to have it, each standing for those lost before: one weight a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.asked_days import asked_days

__all__ = ["inverse_probability_survival"]


def inverse_probability_survival(
    times: EventTimes,
    days: Iterable[float],
    by: str | None = None,
    ties: Literal["events first", "together"] = "events first",
) -> pd.DataFrame:
    """Estimate survival as 1 less the mean of 1/G(T-) over those with an event, G the probability of still being followed.

    Parameters
    ----------
    times : EventTimes
        Durations in days, nobody entering late, without weights; every cause counts as the event.
    days : iterable of float
        Days from the origin.
    by : str, optional
        Column: loss and survival are estimated in each group apart.
    ties : {'events first', 'together'}
        Whether people with an event are still at risk of being lost on its day. With 'events first' the estimate is that of
        Kaplan-Meier, exactly; with 'together' it differs a little under ties.

    Returns
    -------
    pandas.DataFrame
        group, day, survival.

    References
    ----------
    Satten and Datta (2001), American Statistician 55, 207-210.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [2, 3, 3, 5], "status": [1, 0, 1, 1]})
    >>> inverse_probability_survival(EventTimes.from_frame(people, "days", "status"), [3])["survival"].round(6).tolist()
    [0.5]
    """
    if ties not in ("events first", "together"):
        raise EstimateError(
            Problem("E104", f"there is no way '{ties}' to take ties", fix="use one of: events first, together")
        )
    if times.entry.any() or times.weights is not None:
        what = "people who enter late, or have weights, cannot be given one weight each"
        raise EstimateError(Problem("E165", what, fix="use censoring_weights, which gives a weight to each period"))
    asked = asked_days(days)
    groups = times.grouped(by)
    parts = []
    for code, label in enumerate(groups.labels):
        duration, event = times.duration[groups.codes == code], times.cause[groups.codes == code] != 0
        time, place = np.unique(duration, return_inverse=True)
        happened = np.bincount(place[event], minlength=len(time))
        there = len(duration) - np.concatenate([[0], np.cumsum(np.bincount(place))[:-1]])
        at_risk = there - happened if ties == "events first" else there
        censored = np.bincount(place[~event], minlength=len(time))
        followed = np.concatenate([[1.0], np.cumprod(1 - censored / np.maximum(at_risk, 1))[:-1]])
        lost = np.cumsum(np.divide(happened, followed, out=np.zeros(len(time)), where=happened > 0)) / len(duration)
        survival = 1 - np.concatenate([[0.0], lost])[np.searchsorted(time, asked, side="right")]
        known = (asked <= time[-1]) | (survival < 1e-12)
        parts.append(pd.DataFrame({"group": label, "day": asked, "survival": np.where(known, survival, np.nan)}))
    return pd.concat(parts, ignore_index=True)
