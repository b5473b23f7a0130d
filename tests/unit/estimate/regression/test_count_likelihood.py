from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import bernoulli, poisson

from evaltools.estimate.regression.count_likelihood import canonical_fit, canonical_parts, sum_by_pattern
from evaltools.estimate.regression.model_rows import model_rows


@pytest.mark.parametrize("exposure", [None, "client_months"])
def test_the_loglik_of_counts_is_that_of_scipy(exposure, months):
    rows = model_rows(months, "starts ~ caseload", "poisson", exposure)
    found, constant = canonical_fit(rows, "poisson")
    mean = np.exp(rows.expanded() @ found.point) * (1 if exposure is None else months[exposure].to_numpy())
    assert_allclose(found.loglik + constant, poisson.logpmf(months["starts"], mean).sum(), rtol=1e-12)
    assert_allclose(rows.expanded().T @ (rows.outcome - mean), 0, atol=1e-6)


def test_the_loglik_of_yes_or_no_is_that_of_scipy(months):
    rows = model_rows(months.assign(any=(months["starts"] > 0).astype(int)), "any ~ caseload", "binomial")
    found, constant = canonical_fit(rows, "binomial")
    share = 1 / (1 + np.exp(-rows.expanded() @ found.point))
    assert_allclose(found.loglik + constant, bernoulli.logpmf(rows.outcome, share).sum(), rtol=1e-12)


@pytest.mark.parametrize("family", ["poisson", "binomial", "gaussian"])
def test_mean_and_weight_are_derivatives(family):
    eta, size, near = np.array([-1.0, 0.3, 2.0]), np.array([1.0, 2.0, 5.0]), 1e-5
    mean, weight, _ = canonical_parts(family, eta, size)
    up, down = canonical_parts(family, eta + near, size), canonical_parts(family, eta - near, size)
    assert_allclose((up[2] - down[2]) / (2 * near), mean, rtol=1e-8)
    assert_allclose((up[0] - down[0]) / (2 * near), weight, rtol=1e-8)


def test_a_tenth_of_many_rows_gives_the_first_point_and_the_same_end():
    rng = np.random.default_rng(2)
    x = rng.normal(size=50_000)
    import pandas as pd

    rows = model_rows(pd.DataFrame({"y": rng.poisson(np.exp(0.2 + 0.3 * x)), "x": x}), "y ~ x", "poisson")
    found, _ = canonical_fit(rows, "poisson")
    mean = np.exp(rows.expanded() @ found.point)
    assert_allclose(rows.expanded().T @ (rows.outcome - mean), 0, atol=1e-3)
    assert found.steps <= 4


def test_patterns_hold_the_sums(months):
    rows = model_rows(months, "starts ~ C(site)", "poisson", "client_months")
    made = sum_by_pattern(rows)
    assert made.outcome.tolist() == months.groupby("site")["starts"].sum().tolist()
    assert_allclose(made.size, months.groupby("site")["client_months"].sum())
