from __future__ import annotations

import numpy as np
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.sites.cusum import cusum, run_length


def test_scores_are_log_likelihood_ratios_and_the_path_starts_again():
    found = cusum([1, 1, 1, 0], [0.2] * 4, threshold=1.0, runs=5).table
    step = np.log(2 / (0.8 + 0.4))
    assert found["path"].tolist() == pytest.approx([step, 2 * step, step, max(0, step - np.log(1.2))])
    assert found["signal"].tolist() == [False, True, False, False]


def test_a_change_is_found_sooner_than_a_false_alarm():
    rng = np.random.default_rng(9)
    p = np.full(400, 0.3)
    worse = rng.random(400) < 0.3 * 2 / (0.7 + 0.6)
    found = cusum(worse.astype(int), p, threshold=3.0, runs=300)
    assert found.table["signal"].to_numpy().argmax() < found.average_run_length
    assert found.table["signal"].any()


def test_higher_thresholds_err_less_often():
    lengths = [run_length(np.array([0.3]), 2.0, threshold, 200)[0] for threshold in (1.0, 2.0, 3.0)]
    assert lengths == sorted(lengths)
    assert run_length(np.array([0.3]), 2.0, 50.0, 5, longest=30) == (30.0, 1.0)


@pytest.mark.parametrize(
    ("y", "p", "odds"),
    [([2], [0.5], 2), ([1], [1.0], 2), ([], [], 2), ([1], [0.5, 0.5], 2), ([1], [0.5], 1), ([1], [0.5], -1)],
)
def test_refusals(y, p, odds):
    with pytest.raises(EstimateError, match="E245"):
        cusum(y, p, odds)
