from __future__ import annotations

import numpy as np
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.multinomial_counts import draw_counts, percentile_limits, require_replicates


def test_every_resample_draws_as_many_as_there_are():
    counts = np.concatenate(list(draw_counts(7, 50, seed=3)), axis=1)
    assert counts.shape == (7, 50)
    assert (counts.sum(axis=0) == 7).all()


def test_blocks_do_not_change_the_draws():
    whole, parts = (np.concatenate(list(draw_counts(5, 40, seed=3, block=size)), axis=1) for size in (1000, 7))
    np.testing.assert_array_equal(whole, parts)


def test_counts_are_multinomial():
    counts = np.concatenate(list(draw_counts(10, 4000, seed=1)), axis=1)
    assert counts.mean() == 1
    assert abs(counts.var() - 0.9) < 0.03  # 10 draws with probability 0.1 each


def test_limits_are_percentiles_along_the_replicates():
    se, lower, upper = percentile_limits(np.arange(201.0).reshape(1, -1), 0.9)
    assert (lower.item(), upper.item()) == (pytest.approx(10), pytest.approx(190))
    assert se.item() == pytest.approx(np.arange(201).std(ddof=1))


@pytest.mark.parametrize(("replicates", "units", "said"), [(10, 5, "10 replicates"), (100, 1, "only one site")])
def test_too_few_are_refused(replicates, units, said):
    with pytest.raises(EstimateError, match=said):
        require_replicates(replicates, units, "site")
