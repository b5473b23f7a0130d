from __future__ import annotations

import numpy as np
import pytest

from evaltools.estimate.sites.laney import individuals_limits, laney_limits

ALL = np.ones(200, dtype=bool)


def test_sigma_z_is_one_by_chance_alone_and_grows_with_over_dispersion():
    rng = np.random.default_rng(2)
    n = rng.integers(400, 900, 200).astype(float)
    chance = laney_limits(rng.binomial(n.astype(int), 0.3).astype(float), n, ALL, shares=True)
    assert chance.sigma_z == pytest.approx(1, abs=0.12)
    wild = laney_limits(rng.binomial(n.astype(int), rng.beta(30, 70, 200)).astype(float), n, ALL, shares=True)
    assert wild.sigma_z > 1.8
    plain = laney_limits(np.round(0.3 * n), n, ALL, shares=True, widen=False)
    assert plain.upper == pytest.approx(plain.centre + 3 * np.sqrt(plain.centre * (1 - plain.centre) / n))


def test_limits_stay_within_what_is_possible():
    few = laney_limits(np.array([0.0, 1, 9, 10] * 3), np.full(12, 10.0), np.ones(12, dtype=bool), shares=True)
    assert few.lower.min() == 0
    assert few.upper.max() == 1
    rates = laney_limits(np.array([0.0, 30, 0, 30] * 3), np.full(12, 10.0), np.ones(12, dtype=bool), shares=False)
    assert rates.upper.max() > 1


def test_constants_of_single_values():
    values = np.array([3.0, 5, 4, 8])
    found = individuals_limits(values, np.ones(4, dtype=bool))
    moving = np.mean([2, 1, 4])
    assert found.upper[0] == pytest.approx(5 + 2.66 * moving)
    assert found.range_upper == pytest.approx(3.267 * moving)


def test_nothing_happening_has_no_width():
    none = laney_limits(np.zeros(12), np.full(12, 10.0), np.ones(12, dtype=bool), shares=True)
    assert (none.centre, none.upper.max()) == (0, 0)
