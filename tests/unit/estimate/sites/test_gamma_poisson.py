from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import nbinom

from evaltools.estimate.sites.gamma_poisson import gamma_poisson


def test_is_the_negative_binomial_at_its_highest():
    x, t = np.array([3.0, 40, 14, 90, 8]), np.array([30.0, 50, 40, 60, 60])
    fit = gamma_poisson(x, t)

    def loglik(k, mean):
        return nbinom.logpmf(x, k, k / (k + mean * t)).sum()

    assert fit.loglik == pytest.approx(loglik(fit.shape, fit.mean), rel=1e-10)
    for k, mean in ((1.02, 1), (0.98, 1), (1, 1.02), (1, 0.98)):
        assert loglik(fit.shape * k, fit.mean * mean) < fit.loglik
    assert fit.variance == pytest.approx(fit.mean**2 / fit.shape)


@pytest.mark.parametrize(("x", "t"), [([3], [9]), ([0, 0], [5, 9]), ([10, 20], [100, 200])])
def test_no_spread(x, t):
    fit = gamma_poisson(np.array(x, dtype=float), np.array(t, dtype=float))
    assert fit.variance == 0
    assert fit.mean == pytest.approx(sum(x) / sum(t))
