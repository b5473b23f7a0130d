from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.regression.cluster_covariance import CONVENTIONS, cluster_sums, sandwich, small_sample_factor


@pytest.mark.parametrize("patterns", [4, 90])  # cells fewer and more than the rows
def test_patterns_and_rows_give_the_same_sums(patterns):
    rng = np.random.default_rng(1)
    matrix, pattern = rng.normal(size=(patterns, 2)), rng.integers(0, patterns, 50)
    cluster, residual = np.repeat(np.arange(5), 10), rng.normal(size=50)
    assert_allclose(
        cluster_sums(residual, cluster, matrix, pattern), cluster_sums(residual, cluster, matrix[pattern]), rtol=1e-12
    )


@pytest.mark.parametrize(
    ("convention", "factor"),
    [("cr0", 1.0), ("cr1", 10 / 9), ("cr1s", 10 / 9 * 99 / 97), ("hc1", 100 / 97), ("hc0", 1.0), ("cr2", 1.0)],
)
def test_factors(convention, factor):
    assert small_sample_factor(convention, 10, 100, 3) == pytest.approx(factor)
    assert CONVENTIONS[convention].startswith(convention.upper())


def test_sandwich_is_bread_meat_bread():
    scores, bread = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 0.5]]), np.array([[2.0, 0.3], [0.3, 1.0]])
    assert_allclose(sandwich(bread, scores), bread @ (scores.T @ scores) @ bread)
