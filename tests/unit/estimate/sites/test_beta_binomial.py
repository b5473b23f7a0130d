from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import betabinom

from evaltools.estimate.sites.beta_binomial import beta_binomial


def test_recovers_the_distribution_of_many_sites():
    n = np.full(3000, 60)
    x = betabinom.rvs(n, 6, 14, random_state=np.random.default_rng(3))
    fit = beta_binomial(x.astype(float), n.astype(float))
    assert (fit.mean, fit.rho) == (pytest.approx(0.3, abs=0.01), pytest.approx(1 / 21, rel=0.08))
    assert fit.a / (fit.a + fit.b) == pytest.approx(fit.mean)


def test_is_at_the_top_of_the_likelihood():
    x, n = np.array([3.0, 20, 14, 40, 8]), np.array([30.0, 50, 40, 60, 60])
    fit = beta_binomial(x, n)
    top = betabinom.logpmf(x, n, fit.a, fit.b).sum()
    for a, b in ((1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99), (1.02, 1.02)):
        assert betabinom.logpmf(x, n, fit.a * a, fit.b * b).sum() < top


@pytest.mark.parametrize(("x", "n"), [([3], [9]), ([0, 0], [5, 9]), ([5, 9], [5, 9]), ([50, 50, 50], [100, 100, 100])])
def test_no_spread_is_said_as_zero_with_no_a_and_b(x, n):
    fit = beta_binomial(np.array(x, dtype=float), np.array(n, dtype=float))
    assert fit.rho == 0
    assert np.isnan([fit.a, fit.b]).all()
    assert fit.mean == pytest.approx(sum(x) / sum(n))
