from __future__ import annotations

import numpy as np
import pytest

from evaltools.estimate.sites.funnel_limits import binomial_limits
from evaltools.estimate.sites.funnel_scale import exact_limits, funnel_scale


@pytest.mark.parametrize("basis", ["proportion", "rate", "ratio"])
@pytest.mark.parametrize("transformed", [True, False])
def test_scales_go_there_and_back_and_spread_as_the_delta_method_says(basis, transformed):
    scale = funnel_scale(basis, transformed)
    value, n = np.array([0.2, 0.6]), np.array([40.0, 90.0])
    assert scale.back(scale.forward(value)) == pytest.approx(value)
    slope = (scale.forward(value + 1e-6) - scale.forward(value - 1e-6)) / 2e-6
    chance = np.sqrt(value * ((1 - value) if basis == "proportion" else 1) / n)
    assert scale.spread(value, n) == pytest.approx(slope * chance, rel=1e-5)


def test_exact_limits_of_shares_are_binomial():
    size, target = np.array([50.0]), np.array([0.3])
    assert exact_limits("proportion", size, target, 0.95)[0] == binomial_limits(size, target)[0]
