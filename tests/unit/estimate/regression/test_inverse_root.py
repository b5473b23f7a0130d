from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.regression.inverse_root import apply_inverse_root


def dense(diagonal, lean, middle, columns):
    values, vectors = np.linalg.eigh(np.diag(diagonal) - lean @ middle @ lean.T)
    kept = values > 1e-10 * values[-1]
    return vectors[:, kept] / np.sqrt(values[kept]) @ vectors[:, kept].T @ columns


@pytest.mark.parametrize("range_of_diagonal", [1.0, 10.0, 1e4])
@pytest.mark.parametrize("share", [0.2, 0.99])
def test_it_is_the_root_by_eigenvalues(range_of_diagonal, share):
    rng = np.random.default_rng(1)
    diagonal = np.exp(rng.uniform(0, np.log(range_of_diagonal), 60)) if range_of_diagonal > 1 else np.ones(60)
    lean = rng.normal(size=(60, 4))
    middle = share * np.linalg.inv((lean / diagonal[:, None]).T @ lean)
    columns = rng.normal(size=(60, 3))
    expected = dense(diagonal, lean, middle, columns)
    assert_allclose(apply_inverse_root(diagonal, lean, middle, columns), expected, atol=1e-9 * np.abs(expected).max())


def test_directions_of_nothing_are_left_out():
    rng = np.random.default_rng(2)
    diagonal, lean = rng.uniform(0.5, 2, 40), np.column_stack([np.ones(40), rng.normal(size=40)])
    inner = (lean / diagonal[:, None]).T @ lean
    middle = np.linalg.inv(inner + np.array([[0, 0], [0, 5.0]]))  # one leverage of 1
    root = np.linalg.cholesky(middle)
    assert np.linalg.eigvalsh(root.T @ inner @ root)[-1] == pytest.approx(1)
    columns = rng.normal(size=(40, 2))
    assert_allclose(apply_inverse_root(diagonal, lean, middle, columns), dense(diagonal, lean, middle, columns), atol=1e-9)
