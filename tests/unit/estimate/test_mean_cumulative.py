from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.mean_cumulative import mean_cumulative
from evaltools.estimate.nelson_aalen import nelson_aalen


def recurrent(seed=0, people=25):
    rng = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        day = int(rng.integers(0, 4))
        for _ in range(int(rng.integers(1, 6))):
            stop = day + int(rng.integers(1, 6))
            rows.append((person, day, stop, int(rng.random() < 0.7), "ab"[person % 2]))
            day = stop + int(rng.integers(0, 3))
    return pd.DataFrame(rows, columns=["id", "start", "stop", "job", "site"])


def times_of(frame):
    return EventTimes.from_frame(frame, "stop", "job", entry="start", cluster="id")


def test_mean_and_error_by_hand():
    frame = recurrent()
    found = mean_cumulative(times_of(frame))
    steps = np.zeros((frame["id"].nunique(), len(found)))
    for at, day in enumerate(found["time"]):
        there = (frame["start"] < day) & (frame["stop"] >= day)
        happened = (frame["stop"] == day) & (frame["job"] == 1)
        assert found["at_risk"].iloc[at] == there.sum()
        rate = happened.sum() / there.sum()
        own = (happened - rate * there).groupby(frame["id"]).sum()
        steps[:, at] = own / there.sum()
    np.testing.assert_allclose(found["se"], np.sqrt((steps.cumsum(axis=1) ** 2).sum(axis=0)), atol=1e-12)


def test_one_event_a_person_is_the_cumulative_hazard():
    first = recurrent().drop_duplicates("id")
    times = EventTimes.from_frame(first, "stop", "job", entry="start")
    hazard = nelson_aalen(times)
    hazard = hazard[hazard["events"] > 0]
    np.testing.assert_allclose(mean_cumulative(times)["mean"], hazard["hazard"])


def test_groups_are_estimated_apart_and_the_interval_holds_the_mean():
    frame = recurrent()
    both = mean_cumulative(times_of(frame), by="site")
    alone = mean_cumulative(times_of(frame[frame["site"] == "b"]))
    pd.testing.assert_frame_equal(
        both[both["group"] == "b"].drop(columns="group").reset_index(drop=True), alone.drop(columns="group")
    )
    assert ((both["lower"] < both["mean"]) & (both["mean"] < both["upper"])).all()


def test_nobody_with_an_event_gives_no_rows():
    assert mean_cumulative(times_of(recurrent().assign(job=0))).empty


def test_rows_of_a_person_that_overlap_are_refused():
    frame = pd.DataFrame({"id": 1, "start": [0, 3], "stop": [5, 9], "job": 1})
    with pytest.raises(EstimateError, match="before the same person's last one ends"):
        mean_cumulative(times_of(frame))


def test_an_absent_column_of_people_is_named():
    with pytest.raises(EstimateError, match="no column 'who'"):
        mean_cumulative(times_of(recurrent()), person="who")


def test_an_event_on_the_first_day_counts():
    found = mean_cumulative(EventTimes.from_frame(pd.DataFrame({"days": [0, 5], "status": 1}), "days", "status"))
    assert found["mean"].tolist() == [0.5, 1.5]
