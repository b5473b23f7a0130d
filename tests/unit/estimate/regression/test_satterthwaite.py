from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.regression.satterthwaite import bias_reduced, by_size


def by_hand(x, w, e, code, bread, contrast):
    """The textbook's matrices of all rows at once."""
    hat = x @ bread @ (x * w[:, None]).T
    total, lean = np.zeros(x.shape[1]), []
    meat = np.zeros((x.shape[1], x.shape[1]))
    for group in np.unique(code):
        mine = code == group
        root = np.diag(1 / np.sqrt(w[mine]))
        middle = root @ (np.eye(mine.sum()) - hat[np.ix_(mine, mine)]) @ np.diag(1 / w[mine]) @ root
        values, vectors = np.linalg.eigh((middle + middle.T) / 2)
        adjust = root @ (vectors / np.sqrt(values)) @ vectors.T @ root
        total = (x[mine] * w[mine, None]).T @ adjust @ (e[mine] / w[mine])
        meat += np.outer(total, total)
        lean.append((np.eye(len(x)) - hat)[mine].T @ adjust @ (w[mine, None] * x[mine]) @ bread @ contrast)
    spread = np.array([[a @ (b / w) for b in lean] for a in lean])
    return contrast @ bread @ meat @ bread @ contrast, np.trace(spread) ** 2 / (spread**2).sum()


def test_covariance_and_freedom_by_hand():
    rng = np.random.default_rng(5)
    code = np.repeat(np.arange(7), [2, 3, 3, 4, 5, 6, 7])
    x = np.column_stack([np.ones(30), rng.normal(size=30), rng.integers(0, 2, 30)])
    w, e = rng.uniform(0.5, 2, 30), rng.normal(size=30)
    bread = np.linalg.inv((x * w[:, None]).T @ x)
    covariance, df = bias_reduced(x, w, e, code, bread, np.eye(3))
    for place in range(3):
        variance, freedom = by_hand(x, w, e, code, bread, np.eye(3)[place])
        assert_allclose([covariance[place, place], df[place]], [variance, freedom], rtol=1e-10)


def test_balanced_means_have_one_less_than_the_clusters():
    code, y = np.repeat(np.arange(8), 5), np.random.default_rng(1).normal(size=40)
    covariance, df = bias_reduced(np.ones((40, 1)), np.ones(40), y - y.mean(), code, np.array([[1 / 40]]), np.eye(1))
    means = y.reshape(8, 5).mean(axis=1)
    assert df[0] == pytest.approx(7)
    assert covariance[0, 0] == pytest.approx(means.var(ddof=1) / 8)


def test_clusters_of_one_size_come_together():
    got = {
        int(which): rows.tolist()
        for many, place in by_size(np.array([1, 0, 1, 2]), np.array([1, 2, 1]))
        for which, rows in zip(many, place, strict=True)
    }
    assert got == {0: [1], 1: [0, 2], 2: [3]}


@pytest.mark.parametrize("nested", [False, True])
def test_large_clusters_are_as_small_ones(nested, monkeypatch):
    rng = np.random.default_rng(6)
    code = np.repeat(np.arange(6), 100)
    x = np.column_stack([np.ones(600), rng.normal(size=600), code == 2 if nested else rng.normal(size=600)]).astype(float)
    w, e = rng.uniform(0.3, 3, 600), rng.normal(size=600)
    bread = np.linalg.inv((x * w[:, None]).T @ x)
    large = bias_reduced(x, w, e, code, bread, np.eye(3))
    monkeypatch.setattr("evaltools.estimate.regression.satterthwaite._LARGE", 1000)
    small = bias_reduced(x, w, e, code, bread, np.eye(3))
    assert_allclose(large[0], small[0], rtol=1e-8, atol=1e-12)
    assert_allclose(large[1], small[1], rtol=1e-8)
