from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.stats import nbinom

from evaltools.errors import EstimateError
from evaltools.estimate.regression.count_likelihood import canonical_fit
from evaltools.estimate.regression.model_rows import model_rows
from evaltools.estimate.regression.negative_binomial import alpha_test, negative_binomial_fit, negative_binomial_scores


def rows_of(formula="y ~ x", exposure=None, n=800, alpha=0.7, seed=3):
    rng = np.random.default_rng(seed)
    x, size = rng.integers(0, 3, n), rng.uniform(1, 3, n)
    mean = np.exp(0.3 + 0.4 * x) * (1 if exposure is None else size)
    y = rng.poisson(mean * rng.gamma(1 / alpha, alpha, n)) if alpha else np.minimum(rng.poisson(mean), 3)
    return model_rows(pd.DataFrame({"y": y, "x": x, "size": size, "noise": x + 1e-9 * size}), formula, "poisson", exposure)


def fit_of(rows):
    return negative_binomial_fit(rows, canonical_fit(rows, "poisson")[0].point)


@pytest.mark.parametrize("exposure", [None, "size"])
def test_the_maximum_is_that_of_scipys_density(exposure):
    rows = rows_of(exposure=exposure)
    made = fit_of(rows)
    point = made.maximum.point

    def loglik(at):
        mean = np.exp(rows.expanded() @ at[:-1]) * (1 if exposure is None else rows.exposure)
        return nbinom.logpmf(rows.outcome, np.exp(-at[-1]), 1 / (1 + np.exp(at[-1]) * mean)).sum()

    assert_allclose(made.maximum.loglik + made.constant, loglik(point), rtol=1e-11)
    near = 1e-4 * np.eye(len(point))
    assert all(loglik(point + step) < loglik(point) > loglik(point - step) for step in near)
    second = [(loglik(point + step) - 2 * loglik(point) + loglik(point - step)) / 1e-8 for step in near]
    assert_allclose(-np.array(second), np.diag(np.linalg.inv(made.maximum.covariance)), rtol=1e-4)


def test_patterns_give_the_same_as_rows():
    together, apart = fit_of(rows_of()), fit_of(rows_of("y ~ noise"))
    assert rows_of().pattern is not None
    assert rows_of("y ~ noise").pattern is None
    assert_allclose(together.maximum.point, apart.maximum.point, rtol=1e-6)
    assert_allclose(together.maximum.loglik, apart.maximum.loglik, rtol=1e-9)


def test_scores_add_up_to_nothing_at_the_maximum():
    rows = rows_of(exposure="size")
    to_eta, to_alpha = negative_binomial_scores(rows, fit_of(rows).maximum.point)
    assert_allclose([to_eta.sum(), to_alpha.sum()], 0, atol=1e-5)


def test_counts_that_vary_less_have_no_alpha():
    assert fit_of(rows_of(alpha=0)) is None


def test_the_boundary_test_halves_the_p():
    assert alpha_test(-100.0, -100.0) == (0.0, 1.0)
    assert alpha_test(-98.0793, -100.0)[1] == pytest.approx(0.025, abs=1e-5)


def test_enormous_counts_are_refused():
    rows = model_rows(pd.DataFrame({"y": [1, 2, 6_000_000, 4], "x": [1.0, 2, 3, 5]}), "y ~ x", "poisson")
    with pytest.raises(EstimateError, match="not modelled"):
        negative_binomial_fit(rows, np.zeros(2))
