from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.estimate.sites.funnel_allowance import all_limits, position
from evaltools.estimate.sites.funnel_scale import funnel_scale


def test_without_over_dispersion_both_sets_of_limits_are_the_same():
    size, aim = np.array([40.0, 400.0]), np.full(2, 0.3)
    for allowance in ("additive", "multiplicative", "beta-binomial", "none"):
        made = all_limits("proportion", funnel_scale("proportion", False), (0.95,), (size, aim), (allowance, 0.8, 0.0, 0.0))
        assert made["lower_95"].tolist() == made["lower_95_overdispersed"].tolist()


def test_additive_limits_do_not_close_with_size():
    size, aim = np.array([1e4, 1e8]), np.full(2, 0.3)
    made = all_limits("proportion", funnel_scale("proportion", False), (0.95,), (size, aim), ("additive", 2.0, 0.01, 0.0))
    assert np.allclose(made["upper_95_overdispersed"], 0.3 + 1.96 * 0.1, atol=1e-3)
    assert made["upper_95"][1] < 0.301


def test_a_position_goes_by_the_wider_limits():
    limits = {"lower_95_overdispersed": 0.2, "upper_95_overdispersed": 0.4, "lower_998_overdispersed": 0.1,
              "upper_998_overdispersed": 0.5}  # fmt: skip
    table = pd.DataFrame([{"value": value} | limits for value in (0.3, 0.45, 0.6, 0.15, 0.05, 0.6)])
    use = np.array([True] * 5 + [False])
    assert position(table, use, (0.95, 0.998)) == ["within", "above", "far above", "below", "far below", "not compared"]
    assert position(table, use, (0.95,))[2] == "above"
