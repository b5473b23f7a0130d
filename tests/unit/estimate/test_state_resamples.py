from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.state_history import StateHistory
from evaltools.estimate.multinomial_counts import draw_counts
from evaltools.estimate.state_influence import state_path
from evaltools.estimate.state_resamples import resampled_path
from evaltools.estimate.transition_table import transition_table


def spells():
    rng = np.random.default_rng(2)
    rows = []
    for person in range(30):
        day = 0
        for state, after in [("out", "job"), ("job", "out"), ("out", "job")]:
            stop = day + int(rng.integers(1, 9))
            moved = rng.random() < 0.7
            rows.append((person, state, after if moved else None, day, stop))
            if not moved:
                break
            day = stop
    return pd.DataFrame(rows, columns=["id", "from", "to", "start", "stop"])


def test_a_resample_is_the_estimate_from_the_people_drawn():
    frame = spells()
    history = StateHistory.from_frame(frame, "id", states=("out", "job"))
    table = transition_table(history, np.ones(len(history), dtype=bool), np.arange(history.people))
    draws, days = resampled_path(table, history.people, 12.0, 5, seed=9)
    counts = next(draw_counts(history.people, 5, seed=9))
    for b in range(5):
        parts = [
            frame[frame["id"] == person].assign(id=1000 * person + copy)
            for person in range(30)
            for copy in range(int(counts[person, b]))
        ]
        again = StateHistory.from_frame(pd.concat(parts), "id", states=("out", "job"))
        made = transition_table(again, np.ones(len(again), dtype=bool), np.arange(again.people))
        path = state_path(made, again.people, 12.0)
        np.testing.assert_allclose(days[:, b], path.days, atol=1e-12)
        at = np.searchsorted(table.time, made.time) + 1
        np.testing.assert_allclose(draws[at, :, b], path.probability[1:], atol=1e-12)
