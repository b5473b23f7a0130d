"""One row for each person and stretch of time: what discrete-time and piecewise-constant hazards are fitted to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem
from evaltools.estimate.cox_model import events_of
from evaltools.estimate.log_times import refuse_weights_and_strata

__all__ = ["exposure_rows", "period_rows"]


def period_rows(times: EventTimes, width: float = 1.0, cause: str | None = None) -> pd.DataFrame:
    """Split each person's time into whole periods.

    Parameters
    ----------
    times : EventTimes
        Durations in days; weights and strata are refused.
    width : float
        Days in a period.
    cause : str, optional
        Name of the cause that is the event; any by default.

    Returns
    -------
    pandas.DataFrame
        The columns of `times.data` with person (position in `times`), period (1, 2, ...) and event (1 in the period of
        the event). A period without event counts only when it was observed to its end; somebody who enters during a period
        counts from the next.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [14, 20], "status": [1, 0]})
    >>> rows = period_rows(EventTimes.from_frame(people, "days", "status"), width=7)
    >>> rows[["person", "period", "event"]].values.tolist()
    [[0, 1, 0], [0, 2, 1], [1, 1, 0], [1, 2, 0]]
    """
    if not width > 0:
        raise EstimateError(
            Problem("E147", f"a period of {width:g} days is not possible", fix="give days above 0, such as 7")
        )
    refuse_weights_and_strata(times)
    event = events_of(times, cause)
    length = times.duration / width
    last = np.where(event, np.maximum(np.ceil(length - 1e-9), 1), np.floor(length + 1e-9)).astype(int)
    first = np.ceil(times.entry / width - 1e-9).astype(int)
    count = np.maximum(last - first, 0)
    person = np.repeat(np.arange(len(times)), count)
    period = np.arange(len(person)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count) + 1
    happened = (event[person] & (period == last[person])).astype(int)
    return times.data.iloc[person].reset_index(drop=True).assign(person=person, period=period, event=happened)


def exposure_rows(times: EventTimes, cuts: Sequence[float], cause: str | None = None) -> pd.DataFrame:
    """Split each person's time at given days.

    Parameters
    ----------
    times : EventTimes
        Durations in days; weights and strata are refused.
    cuts : sequence of float
        Days at which the hazard may change, above 0.
    cause : str, optional
        Name of the cause that is the event; any by default.

    Returns
    -------
    pandas.DataFrame
        The columns of `times.data` with person, interval (label such as '(0, 30]', in order), exposure (days at risk, above
        0) and event. An event on day 0 has no time at risk before it and is given half a day.

    Examples
    --------
    >>> people = pd.DataFrame({"days": [40, 20], "status": [1, 0]})
    >>> rows = exposure_rows(EventTimes.from_frame(people, "days", "status"), [30])
    >>> rows[["person", "exposure", "event"]].values.tolist()
    [[0.0, 30.0, 0.0], [0.0, 10.0, 1.0], [1.0, 20.0, 0.0]]
    """
    refuse_weights_and_strata(times)
    event = events_of(times, cause)
    edges = np.unique([0.0, *cuts])
    if edges[0] < 0:
        raise EstimateError(Problem("E147", "a cut lies before day 0", fix="give days above 0"))
    duration = np.where(times.duration == 0, 0.5, times.duration)
    ends = np.append(edges[1:], np.inf)
    exposure = np.clip(np.minimum(duration[:, None], ends) - np.maximum(times.entry[:, None], edges), 0, None)
    person, place = np.nonzero(exposure)
    labels = [
        f"({low:g}, {high:g}]" if np.isfinite(high) else f"({low:g}, ...)" for low, high in zip(edges, ends, strict=True)
    ]
    happened = event[person] & (duration[person] > edges[place]) & (duration[person] <= ends[place])
    rows = times.data.iloc[person].reset_index(drop=True)
    return rows.assign(
        person=person,
        interval=pd.Categorical(np.array(labels)[place], labels),
        exposure=exposure[person, place],
        event=happened.astype(int),
    )
