from __future__ import annotations

import numpy as np

from evaltools.estimate.tie_steps import tie_steps


def test_shares_of_each_time_start_at_nothing():
    steps = tie_steps(np.array([1.0, 4.0, 2.0]))
    assert steps.of.tolist() == [0, 1, 1, 1, 1, 2, 2]
    assert steps.share.tolist() == [0, 0, 0.25, 0.5, 0.75, 0, 0.5]
    assert steps.first.tolist() == [0, 1, 5]
