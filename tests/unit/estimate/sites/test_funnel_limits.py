from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom, binom, poisson

from evaltools.errors import EstimateError
from evaltools.estimate.sites.funnel_limits import beta_binomial_limits, binomial_limits, level_name, poisson_limits, tails


@settings(max_examples=60, deadline=None)
@given(n=st.integers(1, 2000), target=st.floats(0.02, 0.98), level=st.sampled_from([0.8, 0.95, 0.998]))
def test_limits_hold_their_share_of_sites_at_the_target(n, target, level):
    lower, upper = binomial_limits([n], target, level)
    inside = binom.cdf(np.floor(upper[0] * n + 1), n, target) - binom.cdf(np.ceil(lower[0] * n - 1) - 1, n, target)
    assert inside >= level - 1e-9
    assert lower[0] < target < upper[0] + 1 / n


@settings(max_examples=40, deadline=None)
@given(expected=st.floats(0.5, 3000))
def test_poisson_limits_contain_one_when_events_can_be_seen(expected):
    lower, upper = poisson_limits([expected])
    assert lower[0] < 1 < upper[0]
    assert poisson.cdf(upper[0] * expected + 1, expected) >= 0.975


def test_wider_levels_are_wider_and_more_people_narrower():
    narrow, wide = (binomial_limits(np.array([50, 500]), 0.3, level) for level in (0.95, 0.998))
    assert (wide[0] < narrow[0]).all()
    assert (wide[1] > narrow[1]).all()
    assert narrow[1][1] - narrow[0][1] < narrow[1][0] - narrow[0][0]


def test_beta_binomial_limits_widen_with_correlation_and_join_the_binomial_ones():
    plain = binomial_limits([200], 0.3)
    assert beta_binomial_limits([200], 0.3, 0.0)[1] == plain[1]
    nearly, far = (beta_binomial_limits([200], 0.3, rho) for rho in (1e-7, 0.02))
    assert nearly[1][0] == pytest.approx(plain[1][0], rel=1e-4)
    assert far[0][0] < plain[0][0] < plain[1][0] < far[1][0]
    both = 1 / 0.02 - 1
    assert betabinom.cdf(far[1][0] * 200, 200, 0.3 * both, 0.7 * both) == pytest.approx(0.975, abs=0.02)


def test_levels():
    assert [level_name(level) for level in (0.9, 0.95, 0.998, 0.999)] == ["90", "95", "998", "999"]
    assert tails(0.9) == pytest.approx((0.05, 0.95))
    for level in (0, 1, 95):
        with pytest.raises(EstimateError, match="E110"):
            tails(level)
