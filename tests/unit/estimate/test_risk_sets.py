from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.event_days import event_days
from evaltools.estimate.risk_sets import FadingRiskSets, PatternRiskSets, RowRiskSets, weighted_gram

RNG = np.random.default_rng(11)
N = 150
PATTERN = RNG.integers(0, 5, N)
FEW = RNG.normal(size=(5, 2))
DURATION = RNG.integers(1, 20, N).astype(float)
EVENT = RNG.random(N) < 0.5


def test_gram_by_blocks_is_the_gram():
    matrix, weight = RNG.normal(size=(3000, 4)), RNG.random(3000)
    assert_allclose(weighted_gram(matrix, weight), matrix.T @ np.diag(weight) @ matrix)


@pytest.mark.parametrize("late", [False, True])
def test_patterns_and_rows_give_the_same_sums(late):
    entry = np.where(RNG.random(N) < 0.5, np.floor(DURATION / 2), 0) if late else np.zeros(N)
    days = event_days(DURATION, EVENT, entry)
    rows = RowRiskSets(FEW[PATTERN], None, EVENT, days)
    few = PatternRiskSets.from_rows(FEW, PATTERN, EVENT, days)
    value = RNG.random(5)
    for one, other in zip(rows.sums(value[PATTERN]), few.sums(value), strict=True):
        assert_allclose(one, other)
    for one, other in zip(rows.sums(value[PATTERN], rows.matrix), few.sums(value, FEW), strict=True):
        assert_allclose(one, other, atol=1e-12)
    step = RNG.random(len(days.time))
    assert_allclose(np.bincount(PATTERN, rows.spread(step)), few.spread(step))
    assert_allclose(np.bincount(PATTERN, rows.spread_tied(step)), few.spread_tied(step))
    assert rows.deaths.tolist() == few.deaths.tolist()
    assert np.bincount(PATTERN, rows.events).tolist() == few.events.tolist()


def test_mean_weight_is_that_of_the_events():
    weight = RNG.random(N)
    days = event_days(DURATION, EVENT, np.zeros(N))
    sets = RowRiskSets(FEW[PATTERN], weight, EVENT, days)
    expected = [weight[EVENT & (day == DURATION)].mean() for day in days.time]
    assert_allclose(sets.mean_weight, expected)


def test_people_with_a_competing_event_fade():
    """By the definition: weight 1 while at risk, then G(t) / G(own time)."""
    days = event_days(DURATION, EVENT, np.zeros(N))
    fade, kept = np.linspace(1, 0.4, len(days.time)), np.where(~EVENT & (RNG.random(N) < 0.5), 1.3, 0.0)
    sets = FadingRiskSets(FEW[PATTERN], None, EVENT, days, fade, kept)
    weight = np.where(days.time[:, None] <= DURATION, 1.0, kept * fade[:, None])
    value, step = RNG.random(N), RNG.random(len(days.time))
    assert_allclose(sets.sums(value).total, weight @ value)
    assert_allclose(sets.sums(value, sets.matrix).total, weight @ (value[:, None] * sets.matrix), atol=1e-12)
    assert_allclose(sets.spread(step), step @ weight)
