from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.regression.adaptive_quadrature import GroupRows
from evaltools.estimate.regression.linear_mixed import linear_mixed


def rows_of(spread=1.0, seed=2):
    rng = np.random.default_rng(seed)
    code = np.repeat(np.arange(12), rng.integers(2, 9, 12))
    x = np.column_stack([np.ones(len(code)), rng.normal(size=len(code))])
    y = x @ [1.0, 0.5] + rng.normal(0, spread, 12)[code] + rng.normal(size=len(code))
    return GroupRows(x, y, None, code, np.searchsorted(code, np.arange(12)))


def test_the_fit_is_that_of_statsmodels():
    import statsmodels.api as sm

    rows = rows_of()
    ours = linear_mixed(rows)
    theirs = sm.MixedLM(rows.outcome, rows.matrix, rows.code).fit(reml=True, method="lbfgs")
    assert_allclose(ours.point, theirs.fe_params, rtol=1e-4)
    assert_allclose([ours.between, ours.within], [theirs.cov_re[0, 0], theirs.scale], rtol=1e-3)
    assert ours.loglik >= theirs.llf - 1e-6
    assert_allclose(ours.effect, [theirs.random_effects[group].iloc[0] for group in range(12)], rtol=1e-2, atol=1e-3)
    assert_allclose(ours.deviation**2, [theirs.random_effects_cov[group].iloc[0, 0] for group in range(12)], rtol=1e-2)


def test_at_the_boundary_it_is_least_squares():
    rows = next(each for each in (rows_of(0.0, seed) for seed in range(20)) if linear_mixed(each).between == 0)
    made = linear_mixed(rows)
    assert_allclose(made.point, np.linalg.lstsq(rows.matrix, rows.outcome, rcond=None)[0], rtol=1e-9)
    assert made.point[0] != 0
    assert not made.effect.any()
    assert made.within == pytest.approx(((rows.outcome - rows.matrix @ made.point) ** 2).sum() / (len(rows.code) - 2))
