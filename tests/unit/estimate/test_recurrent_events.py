from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.domain.recurrence import gap_clock, recurrent_times
from evaltools.domain.state_history import StateHistory
from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox
from evaltools.estimate.recurrent_events import andersen_gill, gap_time


def jobs(people=300, seed=1):
    """People whose rate of finding jobs doubles with x; a job lasts 5 days."""
    rng = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        day, x = 0, person % 2
        while day < 100:
            stop = day + int(rng.geometric(0.02 * 2**x))
            if stop >= 100:
                rows.append((person, "out", None, day, 100, x))
                break
            rows.append((person, "out", "job", day, stop, x))
            rows.append((person, "job", "out", stop, stop + 5, x))
            day = stop + 5
    return StateHistory.from_frame(pd.DataFrame(rows, columns=["id", "from", "to", "start", "stop", "x"]), "id")


def test_both_find_the_rate_ratio_and_cluster_by_person():
    history = jobs()
    for fit in (andersen_gill(recurrent_times(history, "job"), "x"), gap_time(recurrent_times(history, "job"), "x")):
        row = fit.estimates.iloc[0]
        assert abs(row["estimate"] - np.log(2)) < 3 * row["robust_se"]
        assert fit.clusters == 300
    assert fit.events == int((history.target == history.states.index("job")).sum())


def test_they_are_cox_models_of_the_layout():
    times = recurrent_times(jobs(60), "job")
    np.testing.assert_allclose(gap_time(times, "x", most=2).coefficients, cox(gap_clock(times, most=2), "x").coefficients)


def test_people_must_be_named():
    rows = pd.DataFrame({"start": [0, 3], "stop": [3, 9], "job": [1, 0], "x": [0, 1]})
    with pytest.raises(EstimateError, match="not said which rows belong to one person"):
        andersen_gill(EventTimes.from_frame(rows, "stop", "job", entry="start"), "x")
