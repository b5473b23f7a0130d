from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.regression.working_correlation import (
    correlation_matrices,
    estimate_correlation,
    grouped,
    whiten,
)

CODE = np.array([0, 0, 0, 1, 2, 2, 2, 2])
TIME = np.array([1, 2, 5, 3, 1, 2, 3, 6])


@pytest.mark.parametrize("kind", ["independence", "exchangeable", "ar1"])
@pytest.mark.parametrize("alpha", [0.4, -0.2, 0.0])
def test_whitening_is_the_inverse_of_the_matrix(kind, alpha):
    rows = grouped(CODE, TIME)
    values = np.random.default_rng(1).normal(size=(8, 2))
    found = whiten(kind, alpha, values, rows)
    for group in range(3):
        mine = group == CODE
        matrix = correlation_matrices(kind, alpha, TIME[mine][None, :])[0]
        assert_allclose(found[mine], np.linalg.solve(matrix, values[mine]), atol=1e-12)


def test_exchangeable_correlation_by_hand():
    residual = np.array([1.0, 2.0, -1.0, 5.0, 0.5, 0.5, 1.0, -1.0])
    pairs = (2 - 1 - 2) + (0.25 + 0.5 - 0.5 + 0.5 - 0.5 - 1)
    assert estimate_correlation("exchangeable", residual, grouped(CODE), 2.0) == pytest.approx(pairs / 9 / 2)


def test_first_order_correlation_is_found_again():
    rng = np.random.default_rng(2)
    noise = np.linalg.cholesky(0.6 ** np.abs(np.subtract.outer(range(6), range(6)))) @ rng.normal(size=(6, 4000))
    rows = grouped(np.repeat(np.arange(4000), 6))
    assert estimate_correlation("ar1", noise.T.ravel(), rows, 1.0) == pytest.approx(0.6, abs=0.02)


def test_groups_of_one_have_no_correlation():
    rows = grouped(np.arange(4))
    assert estimate_correlation("exchangeable", np.ones(4), rows, 1.0) == 0.0
    assert estimate_correlation("ar1", np.ones(4), rows, 1.0) == 0.0
