from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from evaltools.estimate.sites.over_dispersion import additive_variance, over_dispersion, profile_interval, winsorise


def test_phi_is_near_one_when_only_chance_is_at_work_and_tau_is_found_when_not():
    rng = np.random.default_rng(5)
    s = rng.uniform(0.02, 0.05, 4000)
    chance = over_dispersion(0.3 + s * rng.standard_normal(4000), 0.3, s, share=0.0)
    assert chance.phi == pytest.approx(1, abs=0.06)
    spread = over_dispersion(0.3 + np.sqrt(s**2 + 0.04**2) * rng.standard_normal(4000), 0.3, s, share=0.0)
    assert np.sqrt(spread.tau2) == pytest.approx(0.04, rel=0.06)
    assert spread.lower < 0.04**2 < spread.upper


def test_the_interval_of_tau_covers_as_it_says():
    rng = np.random.default_rng(8)
    hits = 0
    for _ in range(400):
        s = rng.uniform(0.02, 0.06, 6)
        low, high = profile_interval(0.3 + np.sqrt(s**2 + 0.05**2) * rng.standard_normal(6), s)
        hits += low <= 0.05**2 <= high
    assert 0.92 <= hits / 400 <= 0.98


def test_the_profile_interval_is_where_q_meets_the_quantiles():
    values, s = np.array([0.1, 0.4, 0.3, 0.7]), np.full(4, 0.05)
    low, high = profile_interval(values, s)

    def q(tau2):
        w = 1 / (s**2 + tau2)
        return w @ (values - w @ values / w.sum()) ** 2

    assert q(low) == pytest.approx(chi2.ppf(0.975, 3))
    assert q(high) == pytest.approx(chi2.ppf(0.025, 3))


def test_two_sites_have_no_interval_and_one_no_variance():
    assert np.isnan(profile_interval(np.array([0.1, 0.4]), np.full(2, 0.1))).all()
    assert additive_variance(2.0, np.array([0.1])) == 0.0


@settings(max_examples=40)
@given(st.lists(st.floats(-9, 9), min_size=3, max_size=40))
def test_winsorising_keeps_order_and_never_widens(values):
    z = np.array(values)
    held = winsorise(z)
    assert np.ptp(held) <= np.ptp(z) + 1e-12
    assert (np.diff(held[np.argsort(z)]) >= 0).all()
