from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.estimate.state_curves import StateOccupation


def test_curves_are_read_at_the_last_row_and_missing_outside_follow_up():
    curves = pd.DataFrame(
        {
            "group": "all",
            "state": "job",
            "time": [0.0, 4.0],
            "probability": [0.0, 0.5],
            "se": [0.0, 0.1],
            "lower": np.nan,
            "upper": np.nan,
        }
    )
    expected = pd.DataFrame({"group": ["all"], "state": ["job"], "followed": [9.0]})
    read = StateOccupation(curves, expected, 2, 0, "", "").at([-1, 0, 3.9, 4, 9, 10])
    assert read["probability"].fillna(-1).tolist() == [-1, 0, 0, 0.5, 0.5, -1]
    assert read["day"].tolist() == [-1, 0, 3.9, 4, 9, 10]
