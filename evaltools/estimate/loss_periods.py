"""Each person's follow-up cut into periods, and whether the person was lost in each: what a model of loss is fitted to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError, Problem

__all__ = ["LossPeriods", "loss_periods", "lost_people"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class LossPeriods:
    """One row for each person and period, in order of person and period; R rows.

    ends: shape (K,), last day of each period. person: shape (R,), position among the people. period: shape (R,), 0 to K - 1.
    start, stop: shape (R,), days at risk in start < day <= stop. final: shape (R,), whether follow-up ends in the row.
    lost: shape (R,), lost in the period. informative: shape (R,), whether the row says anything of loss: the person was
    lost, or was still followed on the last day of the period, and had no event in it (an event comes before a loss).
    """

    ends: Floats
    person: Ints
    period: Ints
    start: Floats
    stop: Floats
    final: NDArray[np.bool_]
    lost: NDArray[np.bool_]
    informative: NDArray[np.bool_]


def lost_people(times: EventTimes, lost: str | None) -> NDArray[np.bool_]:
    """Return who was lost: everybody censored, or those of them that a column of yes and no says.

    times: n people. lost: column of `times.data`; EstimateError when it says of nobody censored that they were lost.
    """
    censored = times.cause == 0
    if lost is not None:
        if lost not in times.data:
            fix = f"use one of: {', '.join(map(str, times.data))}"
            raise EstimateError(Problem("E102", f"there is no column '{lost}' that says who was lost", fix=fix))
        values = times.data[lost]
        if values.isna().any() or not set(values.unique()) <= {0, 1}:
            raise EstimateError(Problem("E170", f"'{lost}' is not yes or no for everybody", fix="give True or False to all"))
        censored = censored & values.to_numpy(dtype=bool)
    if not censored.any():
        what = "not estimable: nobody was lost, so there is no loss to model"
        raise EstimateError(Problem("E171", what, fix="use kaplan_meier without weights"))
    return np.asarray(censored)


def loss_periods(times: EventTimes, lost: NDArray[np.bool_], length: float | None) -> LossPeriods:
    """Cut follow-up into periods.

    Parameters
    ----------
    times : EventTimes
        Durations in days.
    lost : numpy.ndarray
        Shape (n,), who was lost at the end of follow-up.
    length : float, optional
        Days in a period; without it a period ends on each day on which anybody was lost, and on the last day.
    """
    last = float(times.duration.max())
    if length is None:
        ends = np.unique(np.append(times.duration[lost], last))
    elif length > 0:
        ends = np.arange(1, max(int(np.ceil(last / length)), 1) + 1) * float(length)
    else:
        raise EstimateError(Problem("E172", f"a period of {length} days is no period", fix="give period=7, or None"))
    first = np.where(times.entry > 0, np.searchsorted(ends, times.entry, side="right"), 0)
    until = np.searchsorted(ends, times.duration, side="left")
    rows = until - first + 1
    person = np.repeat(np.arange(len(times)), rows)
    period = np.arange(len(person)) - np.repeat(np.cumsum(rows) - rows, rows) + first[person]
    final = period == until[person]
    begins = np.concatenate([[0.0], ends])[period]
    duration = times.duration[person]
    ended_in_event = final & (times.cause[person] != 0)
    gone = final & lost[person]
    followed = gone | (duration >= ends[period])
    return LossPeriods(
        ends,
        person,
        period,
        np.maximum(begins, times.entry[person]),
        np.minimum(ends[period], duration),
        final,
        gone,
        followed & ~ended_in_event,
    )
