from __future__ import annotations

import numpy as np
import pytest

from evaltools.estimate.sites.half_normal_sites import half_normal_sites


def test_is_the_posterior_summed_by_brute_force():
    x, n = np.array([8.0, 30.0]), np.array([40.0, 60.0])
    drawn = half_normal_sites(x, n, "proportion", draws=40_000, seed=2)
    rng = np.random.default_rng(1)
    mean, tau = rng.uniform(-6, 6, 3_000_000), np.abs(rng.standard_normal(3_000_000))
    eta = mean[:, None] + tau[:, None] * rng.standard_normal((3_000_000, 2))
    logged = (x * eta - n * np.logaddexp(0, eta)).sum(axis=1)
    weight = np.exp(logged - logged.max())
    theirs = (weight @ (1 / (1 + np.exp(-eta)))) / weight.sum()
    assert drawn.values.mean(axis=0) == pytest.approx(theirs, abs=0.006)
    assert drawn.tau.mean() == pytest.approx(weight @ tau / weight.sum(), abs=0.03)


def test_sites_are_pulled_together_and_more_when_small():
    drawn = half_normal_sites(np.array([1.0, 300.0]), np.array([10.0, 1000.0]), "proportion")
    middle = drawn.values.mean(axis=0)
    assert 0.1 < middle[0] < 0.3
    assert middle[1] == pytest.approx(0.3, abs=0.02)


def test_rates_of_large_sites_are_their_own():
    drawn = half_normal_sites(np.array([200.0, 900.0]), np.array([1000.0, 1000.0]), "rate")
    assert drawn.values.mean(axis=0) == pytest.approx([0.2, 0.9], rel=0.03)


def test_no_events_anywhere_and_one_site_still_give_numbers():
    for x, n in (([0.0, 0.0], [9.0, 5.0]), ([3.0], [9.0])):
        drawn = half_normal_sites(np.array(x), np.array(n), "proportion", draws=2000)
        assert np.isfinite(drawn.values).all()
        assert ((drawn.values >= 0) & (drawn.values <= 1)).all()


def test_same_seed_same_draws():
    one, two = (half_normal_sites(np.array([3.0, 5.0]), np.array([9.0, 9.0]), "ratio", 500, seed=4) for _ in range(2))
    assert (one.values == two.values).all()
