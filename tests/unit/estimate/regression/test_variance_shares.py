from __future__ import annotations

import numpy as np
import pytest

from evaltools.estimate.regression.variance_shares import intraclass_correlation, median_ratio


def test_of_counts_it_is_what_made_up_counts_have():
    """Two counts of one group, with log-normal rates: their correlation."""
    rng = np.random.default_rng(1)
    rate = 2.0 * np.exp(rng.normal(0, 0.5, 400_000))
    pair = rng.poisson(rate), rng.poisson(rate)
    expected = intraclass_correlation("poisson", 0.25, mean=2 * np.exp(0.125))
    assert np.corrcoef(*pair)[0, 1] == pytest.approx(expected, abs=0.01)


def test_median_ratio_is_the_median():
    rng = np.random.default_rng(2)
    gap = np.exp(np.abs(rng.normal(0, 0.6, 400_000) - rng.normal(0, 0.6, 400_000)))
    assert median_ratio(0.36) == pytest.approx(np.median(gap), rel=0.01)
    assert median_ratio(0.0) == 1.0


@pytest.mark.parametrize("family", ["binomial", "gaussian", "poisson"])
def test_without_variance_there_is_no_correlation(family):
    assert intraclass_correlation(family, 0.0, 1.0) == 0.0
