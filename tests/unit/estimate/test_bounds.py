from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from evaltools.errors import EstimateError
from evaltools.estimate.bounds import bounds
from evaltools.estimate.proportion import proportion
from evaltools.estimate.tipping_point import tipping_point

COUNTS = st.tuples(st.integers(0, 200), st.integers(1, 200), st.integers(0, 100))


@given(COUNTS)
def test_the_interval_holds_the_bounds_and_every_assumption(counts):
    """Q6."""
    x, failed, unknown = counts
    found = bounds(x, x + failed + unknown, unknown)
    shares = tipping_point(x, x + failed, unknown, 0.5).table["share"].dropna()
    assert found.lower <= found.worst + 1e-12
    assert found.upper >= found.best - 1e-12
    assert shares.between(found.worst - 1e-12, found.best + 1e-12).all()
    assert found.width == pytest.approx(unknown / (x + failed + unknown))
    assert norm.ppf(0.95) - 1e-6 <= found.critical <= norm.ppf(0.975) + 1e-6


@given(st.integers(0, 50), st.integers(1, 50))
def test_without_unknown_people_it_is_wilson(x, failed):
    found, share = bounds(x, x + failed, 0), proportion(x, x + failed)
    assert (found.lower, found.upper) == (pytest.approx(share.lower), pytest.approx(share.upper))


def test_the_critical_value_solves_its_equation():
    found = bounds(155, 360, 9, ci="normal")
    error = max(np.sqrt(p * (1 - p) / 360) for p in (found.worst, found.best))
    c = found.critical
    assert norm.cdf(c + found.width / error) - norm.cdf(-c) == pytest.approx(0.95)
    assert found.lower == pytest.approx(155 / 360 - c * np.sqrt(155 / 360 * 205 / 360 / 360))


@pytest.mark.slow
def test_the_interval_covers_the_true_share_wherever_it_lies():
    rng = np.random.default_rng(1)
    for truth in (0.4, 0.5, 0.6):  # of the unknown none, half, all had it
        covered = 0
        for _ in range(2000):
            seen = rng.multinomial(300, [0.4, 0.4, 0.2])
            found = bounds(seen[0], 300, seen[2])
            covered += found.lower <= truth <= found.upper
        assert covered / 2000 > 0.935


@pytest.mark.parametrize(
    "arguments", [(5, 4, 0), (3, 4, 2), (-1, 4, 0), (0, 0, 0), (1, 4, 1, 0.95, "bayes"), (np.nan, 4, 0), (1, 4, 1, 2.0)]
)
def test_impossible_counts_are_refused(arguments):
    with pytest.raises(EstimateError):
        bounds(*arguments)
