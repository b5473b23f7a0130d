from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from evaltools.domain.state_history import StateHistory
from evaltools.estimate.state_influence import state_path
from evaltools.estimate.transition_table import transition_table


def random_history(people=12, seed=0):
    rng = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        day, state = int(rng.integers(0, 2)) * (person % 3 == 0), int(rng.integers(0, 2))
        for _ in range(int(rng.integers(1, 5))):
            stop, after = day + int(rng.integers(1, 5)), (state + int(rng.integers(1, 3))) % 3
            rows.append((person, state, after if rng.random() < 0.8 else None, day, stop))
            if rows[-1][2] is None:
                break
            day, state = stop, after
    frame = pd.DataFrame(rows, columns=["id", "from", "to", "start", "stop"])
    named = {name: frame[name].map({0: "a", 1: "b", 2: "c"}) for name in ("from", "to")}
    return StateHistory.from_frame(frame.assign(**named), "id", states=("a", "b", "c"))


def path_of(history, weight, horizon=6.0):
    """Written a second time for the test: each person counts `weight` times, everything by hand."""
    mine = weight[history.person]
    time = np.unique(history.stop[history.target >= 0])
    first = (history.start < time[0]) & (history.stop >= time[0])
    p = np.array([mine[first & (history.origin == s)].sum() for s in range(3)]) / mine[first].sum()
    out, days, before = [p], np.zeros(3), history.start.min()
    for now in time:
        days, before = days + max(min(now, horizon) - before, 0) * p, max(before, min(now, horizon))
        step = np.zeros((3, 3))
        for j in range(3):
            here = (history.start < now) & (history.stop >= now) & (history.origin == j)
            for k in range(3):
                moved = here & (history.stop == now) & (history.target == k)
                if k != j and here.any():
                    step[j, k] = mine[moved].sum() / mine[here].sum()
            step[j, j] = -step[j].sum()
        p = p + p @ step
        out.append(p)
    return np.array(out), days + max(horizon - before, 0) * p


def test_the_variance_is_the_sum_of_squared_derivatives_by_person():
    history = random_history()
    table = transition_table(history, np.ones(len(history), dtype=bool), np.arange(history.people))
    path = state_path(table, history.people, 6.0)
    whole, days = path_of(history, np.ones(history.people))
    np.testing.assert_allclose(path.probability, whole, atol=1e-12)
    np.testing.assert_allclose(path.days, days, atol=1e-12)
    slopes, day_slopes, h = [], [], 1e-6
    for person in range(history.people):
        up, down = np.ones(history.people), np.ones(history.people)
        up[person], down[person] = 1 + h, 1 - h
        (above, days_above), (below, days_below) = path_of(history, up), path_of(history, down)
        slopes.append((above - below) / (2 * h))
        day_slopes.append((days_above - days_below) / (2 * h))
    np.testing.assert_allclose(path.variance, (np.array(slopes) ** 2).sum(axis=0), atol=1e-8)
    np.testing.assert_allclose(path.days_variance, (np.array(day_slopes) ** 2).sum(axis=0), atol=1e-7)


def test_influences_of_a_cluster_are_added_before_they_are_squared():
    history = random_history(seed=4)
    everybody = np.ones(len(history), dtype=bool)
    alone = transition_table(history, everybody, np.arange(history.people))
    together = replace(alone, unit=np.zeros_like(alone.unit))
    assert state_path(together, 1, 6.0).variance.max() < 1e-20  # all influences add up to 0
