from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.domain.recurrence import gap_clock, recurrent_times
from evaltools.domain.state_history import StateHistory
from evaltools.errors import EstimateError


@pytest.fixture
def history() -> StateHistory:
    seen = pd.DataFrame(
        [(1, "referred", 0), (1, "engaged", 3), (1, "job", 10), (1, "out", 30), (1, "job", 45), (2, "referred", 0)],
        columns=["id", "state", "day"],
    )
    people = pd.DataFrame({"id": [1, 2], "last": [60, 20]})
    return StateHistory.from_events(seen, people, "id", "last", states=("referred", "engaged", "job", "out"))


def test_time_in_a_job_is_not_at_risk_of_starting_one(history):
    times = recurrent_times(history, "job")
    rows = [tuple(row) for row in zip(times.entry, times.duration, times.cause, strict=True)]
    assert rows == [(0, 3, 0), (3, 10, 1), (30, 45, 1), (0, 20, 0)]
    assert times.cluster == "person_position"


def test_the_gap_clock_starts_when_somebody_is_at_risk_again(history):
    times = gap_clock(recurrent_times(history, "job"))
    rows = [tuple(row) for row in zip(times.entry, times.duration, times.cause, strict=True)]
    assert rows == [(0, 3, 0), (3, 10, 1), (0, 15, 1), (0, 20, 0)]
    assert times.strata == ("event_number",)
    assert times.data["event_number"].tolist() == [1, 1, 2, 1]


def test_late_events_are_numbered_together(history):
    assert gap_clock(recurrent_times(history, "job"), most=1).data["event_number"].tolist() == [1, 1, 1, 1]


def test_the_order_of_rows_does_not_matter():
    rows = pd.DataFrame({"id": [1, 2, 1], "start": [4, 0, 0], "stop": [9, 3, 4], "job": [0, 1, 1]})
    times = gap_clock(EventTimes.from_frame(rows, "stop", "job", entry="start", cluster="id"))
    assert times.duration.tolist() == [5, 3, 4]
    assert times.data["event_number"].tolist() == [2, 1, 1]


def test_unknown_states_are_refused(history):
    with pytest.raises(EstimateError, match="no state 'prison'"):
        recurrent_times(history, "prison")


def test_gaps_need_people_whose_rows_do_not_overlap():
    rows = pd.DataFrame({"id": 1, "start": [0, 3], "stop": [4, 9], "job": [1, 0]})
    with pytest.raises(EstimateError, match="not said which rows belong to one person"):
        gap_clock(EventTimes.from_frame(rows, "stop", "job", entry="start"))
    with pytest.raises(EstimateError, match="1 rows begin before"):
        gap_clock(EventTimes.from_frame(rows, "stop", "job", entry="start", cluster="id"))


def test_nobody_at_risk_is_said():
    frame = pd.DataFrame({"id": [1], "from": ["job"], "to": ["out"], "start": [0], "stop": [5]})
    with pytest.raises(EstimateError, match="nobody was ever at risk"):
        recurrent_times(StateHistory.from_frame(frame, "id"), "job")
