from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.median_time import median_time
from evaltools.estimate.multinomial_counts import draw_counts
from evaltools.estimate.resampled_survival import (
    cluster_days,
    resampled_quantile,
    resampled_survival,
    survival_on,
    time_reached,
    time_without,
)


def people(n=60, seed=1, late=True):
    rng = np.random.default_rng(seed)
    days = rng.integers(2, 40, n)
    return pd.DataFrame(
        {
            "days": days,
            "status": rng.integers(0, 2, n),
            "start": np.where((rng.random(n) < 0.3) & late, days // 2, 0),
            "es": rng.integers(0, 8, n),
        }
    )


@pytest.mark.parametrize("width", [4, 40])
@pytest.mark.parametrize("late", [False, True])
def test_every_resample_is_the_estimate_from_its_rows(late, width):
    frame = people(late=late)
    times = EventTimes.from_frame(frame, "days", "status", entry="start")
    unit = frame["es"].to_numpy()
    table = cluster_days(times, np.arange(60), unit, 8)
    counts = next(draw_counts(8, width, seed=2))
    survival, empty = resampled_survival(table, counts)
    quantile = resampled_quantile(table, counts, 0.5)
    assert not empty.any()
    for b in range(4):
        rows = frame.loc[np.repeat(np.arange(60), counts[unit, b].astype(int))]
        again = EventTimes.from_frame(rows, "days", "status", entry="start")
        asked = np.arange(1, int(rows["days"].max()) + 1)
        expected = at_times(kaplan_meier(again), asked)["value"]
        np.testing.assert_allclose(survival_on(table.time, survival, asked)[:, b], expected, atol=1e-12)
        median = median_time(again)["value"].iloc[0]
        assert quantile[b] == time_reached(table.time, survival, 0.5)[b]
        assert (np.isinf(quantile[b]) and np.isnan(median)) or quantile[b] == median


def test_weights_count_as_people():
    frame = people(late=False)
    twice = pd.concat([frame, frame[frame["es"] < 3]], ignore_index=True)
    weighted = EventTimes.from_frame(frame.assign(w=np.where(frame["es"] < 3, 2.0, 1.0)), "days", "status", weights="w")
    once = np.ones((1, 1))
    found = [
        resampled_survival(cluster_days(times, np.arange(len(times)), np.zeros(len(times), dtype=int), 1), once)[0]
        for times in (weighted, EventTimes.from_frame(twice, "days", "status"))
    ]
    np.testing.assert_allclose(*found)


def test_a_group_that_was_not_drawn_is_empty():
    times = EventTimes.from_frame(people(), "days", "status")
    members = np.flatnonzero(times.data["es"] == 0)
    counts = np.ones((8, 2))
    counts[0, 1] = 0
    table = cluster_days(times, members, times.data["es"].to_numpy(), 8)
    assert resampled_survival(table, counts)[1].tolist() == [False, True]
    assert np.isnan(resampled_quantile(table, counts, 0.5)).tolist() == [False, True]


def test_time_without_event_is_the_area_under_the_steps():
    assert time_without(np.array([2.0, 5.0]), np.array([[0.5], [0.0]]), 4.0).tolist() == [3.0]


@pytest.mark.parametrize("late", [False, True])
def test_days_that_are_not_whole_are_counted_the_same(late):
    frame = people(late=late)
    tenth = frame.assign(days=frame["days"] / 10, start=frame["start"] / 10)
    unit, counts = frame["es"].to_numpy(), next(draw_counts(8, 20, seed=3))
    found = [
        resampled_survival(cluster_days(times, np.arange(60), unit, 8), counts)[0]
        for times in (EventTimes.from_frame(each, "days", "status", entry="start") for each in (frame, tenth))
    ]
    np.testing.assert_array_equal(*found)
