from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.domain.state_history import StateHistory
from evaltools.estimate.transition_table import transition_table


def table():
    rows = pd.DataFrame(
        [
            (1, "out", "job", 0, 4),
            (1, "job", "out", 4, 8),
            (1, "out", None, 8, 9),
            (2, "out", "job", 0, 8),
            (3, "out", None, 5, 7),
        ],
        columns=["id", "from", "to", "start", "stop"],
    )
    history = StateHistory.from_frame(rows, "id", states=("out", "job"))
    return transition_table(history, np.ones(len(rows), dtype=bool), np.arange(3))


def test_people_at_risk_just_before_each_move():
    counted = table()
    assert counted.time.tolist() == [4, 8]
    assert counted.at_risk.tolist() == [[2, 0], [1, 1]]  # the third comes on day 5 and is gone on day 7


def test_moves_in_both_directions_on_one_day_are_exact():
    hazards = table().hazards(1)
    np.testing.assert_array_equal(hazards, [[-1, 1], [1, -1]])


def test_the_start_is_who_is_at_risk_at_the_first_move():
    assert table().start().tolist() == [1.0, 0.0]
