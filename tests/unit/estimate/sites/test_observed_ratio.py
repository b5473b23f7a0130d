from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from evaltools.estimate.sites.observed_ratio import observed_ratio


def test_limits_are_exact_and_byar_is_near_them():
    x, e = np.array([0.0, 3, 16, 250]), np.array([2.0, 2.5, 18.2, 240])
    found = observed_ratio(x, e, 0.9)
    assert found.lower[0] == 0
    assert poisson.sf(x[1:] - 1, found.lower[1:] * e[1:]) == pytest.approx(np.full(3, 0.05))
    assert poisson.cdf(x, found.upper * e) == pytest.approx(np.full(4, 0.05))
    assert found.lower_byar[2:] == pytest.approx(found.lower[2:], rel=0.01)
    assert found.upper_byar == pytest.approx(found.upper, rel=0.03)


def test_nothing_expected_has_no_ratio():
    found = observed_ratio(np.array([3.0]), np.array([0.0]))
    assert np.isnan([each[0] for each in found]).all()
