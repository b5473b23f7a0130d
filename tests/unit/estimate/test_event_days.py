from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.event_days import event_days

RNG = np.random.default_rng(7)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("strata", [1, 3, 40])
def test_risk_sets_are_those_of_the_definition(whole, strata):
    n = 120
    duration = RNG.integers(1, 30, n).astype(float) if whole else RNG.choice(RNG.exponential(10, 60), n) + 0.5
    entry = np.where(RNG.random(n) < 0.4, duration * RNG.random(n), 0)
    event, stratum, value = RNG.random(n) < 0.6, RNG.integers(0, strata, n), RNG.normal(size=n)
    stratum[0] = strata - 1
    days = event_days(duration, event, entry, stratum)
    size = int(days.starts[-1])
    stop, late = np.bincount(days.stop, value, size), np.bincount(days.entry, value, size)
    member = (stratum == days.stratum[:, None]) & (duration >= days.time[:, None]) & (entry < days.time[:, None])
    assert_allclose(days.at_risk(stop, late), member @ value, atol=1e-10)
    step = RNG.normal(size=len(days.time))
    sums = days.up_to(step)
    assert_allclose(sums[days.stop] - sums[days.entry], step @ member, atol=1e-10)


def test_many_strata_and_distinct_times_take_another_road_to_the_same_place():
    n = 3000
    duration, event = RNG.exponential(10, n), np.ones(n, dtype=bool)
    stratum = np.arange(n) // 2
    days = event_days(duration, event, np.zeros(n), stratum)
    assert len(days.time) == n
    assert_allclose(days.at_risk(np.bincount(days.stop, minlength=int(days.starts[-1])).astype(float), None).sum(), n * 1.5)


def test_gives_back_what_it_was_given():
    days = event_days(np.array([1.0, 2.0]), np.array([True, True]), np.zeros(2))
    sums = np.ones(3)
    days.at_risk(sums, None)
    assert sums.tolist() == [1, 1, 1]
