"""Recurrent events laid out for models: one row for each stretch of time in which a person can have the next event."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from evaltools.domain.event_times import EventTimes
from evaltools.domain.state_history import StateHistory
from evaltools.errors import EstimateError, Problem

__all__ = ["gap_clock", "recurrent_times"]


def recurrent_times(history: StateHistory, event: str) -> EventTimes:
    """Lay out the stretches in which people can enter a state, such as 'in job', again and again (Andersen-Gill).

    history: spells. event: state whose entry is the event; time spent in it is not at risk of entering it.
    Gives event times on the clock of the history, clustered by the column person_position. Events after which a person is at
    risk at once need no history: `EventTimes.from_frame(rows, "stop", "event", entry="start", cluster="person")`.
    Raises EstimateError when nobody can enter the state.

    >>> seen = pd.DataFrame({"id": 1, "state": ["out", "job", "out", "job"], "day": [0, 4, 6, 9]})
    >>> history = StateHistory.from_events(seen, pd.DataFrame({"id": [1], "last": 12}), "id", "last", states=("out", "job"))
    >>> times = recurrent_times(history, "job")
    >>> times.entry.tolist(), times.duration.tolist()
    ([0.0, 6.0], [4.0, 9.0])
    """
    if event not in history.states:
        fix = f"use one of: {', '.join(history.states)}"
        raise EstimateError(Problem("E159", f"there is no state '{event}'", fix=fix))
    place = history.states.index(event)
    at_risk = history.origin != place
    if not at_risk.any():
        raise EstimateError(Problem("E158", f"nobody was ever at risk of entering '{event}'", fix="choose another state"))
    return EventTimes(
        history.stop[at_risk],
        (history.target == place)[at_risk].astype(np.int64),
        {1: event},
        history.start[at_risk],
        history.data[at_risk].reset_index(drop=True).assign(person_position=history.person[at_risk]),
        cluster="person_position",
    )


def gap_clock(times: EventTimes, most: int = 3) -> EventTimes:
    """Start the clock again at 0 whenever a person is at risk of the next event (Prentice, Williams and Peterson).

    times: one row for each stretch of time, `times.cluster` naming the person. most: events are numbered up to this one;
    later ones are taken with it. Gives event times stratified by the column event_number.
    Raises EstimateError when people are not named, or rows of one person overlap.

    >>> rows = pd.DataFrame({"id": 1, "start": [0, 4], "stop": [4, 9], "job": [1, 0]})
    >>> gap_clock(EventTimes.from_frame(rows, "stop", "job", entry="start", cluster="id")).duration.tolist()
    [4.0, 5.0]
    """
    if times.cluster is None:
        fix = "give EventTimes.from_frame the column: cluster='person'"
        raise EstimateError(Problem("E162", "it is not said which rows belong to one person", fix=fix))
    rows = pd.DataFrame(
        {
            "person": times.grouped(times.cluster).codes,
            "start": times.entry,
            "stop": times.duration,
            "happened": times.cause != 0,
        }
    )
    rows = rows.sort_values(["person", "start", "stop"], kind="stable")
    overlap = int((rows["start"] < rows.groupby("person")["stop"].shift()).sum())
    if overlap:
        what = f"{overlap} rows begin before the same person's last one ends"
        raise EstimateError(Problem("E163", what, fix="let `cluster` name people, and mend the rows"))
    number = (rows.groupby("person")["happened"].cumsum() - rows["happened"]).astype(int) + 1
    zero = rows["start"].groupby([rows["person"], number]).transform("min").sort_index().to_numpy()
    data = times.data.assign(event_number=number.clip(upper=most).sort_index().to_numpy())
    return replace(
        times, duration=times.duration - zero, entry=times.entry - zero, data=data, strata=(*times.strata, "event_number")
    )
