from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.compiled_sweeps import add_up, curve, sum_ties

RNG = np.random.default_rng(19)
N = 700
X, BINS, WEIGHT = RNG.normal(size=(N, 3)), RNG.integers(0, 8, N).astype(np.int32), RNG.random(N)


@pytest.mark.parametrize("weight", [np.empty(0), WEIGHT])
def test_sums_by_bin_and_curvature(weight):
    beta, risk, sums, lived = np.array([0.1, -0.4, 0.2]), np.empty(N), np.zeros((8, 4)), RNG.random(8)
    add_up(X, weight, beta, BINS, risk, sums)
    whole = weight if len(weight) else np.ones(N)
    assert_allclose(risk, whole * np.exp(X @ beta))
    assert_allclose(sums[:, 0], np.bincount(BINS, risk, 8))
    assert_allclose(sums[:, 2], np.bincount(BINS, risk * X[:, 1], 8))
    gradient, gram = np.zeros(3), np.zeros((3, 3))
    curve(X, weight, risk, BINS, lived, gradient, gram)
    assert_allclose(gradient, X.T @ (whole * (BINS % 2) - risk * lived[BINS]))
    assert_allclose(gram, np.tril(X.T @ ((risk * lived[BINS])[:, None] * X)))


@pytest.mark.parametrize("efron", [True, False])
def test_ties_by_hand(efron):
    sums = np.zeros((1, 5))
    logs = sum_ties(np.array([4.0]), np.array([2.0]), np.array([2.0]), np.array([1.0]), efron, sums)
    phi, share = (np.array([4.0, 3.0]), np.array([0, 0.5])) if efron else (np.array([4.0, 4.0]), np.zeros(2))
    assert_allclose(logs, np.log(phi).sum())
    assert_allclose(
        sums[0], [(share**k / phi**power).sum() * (k == 0 or efron) for power, k in ((1, 0), (1, 1), (2, 0), (2, 1), (2, 2))]
    )
