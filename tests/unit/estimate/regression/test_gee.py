from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools import count_model
from evaltools.errors import EstimateError
from evaltools.estimate.regression.gee import gee


def test_independence_is_the_regression_with_plain_cluster_errors(months):
    fit = gee(months, "starts ~ caseload", "specialist", "poisson", "independence", "client_months", bias_reduced=False)
    plain = count_model(months, "starts ~ caseload", "client_months", "poisson", "specialist", "cr0")
    assert_allclose(fit.estimates[["estimate", "se"]], plain.estimates[["estimate", "se"]], rtol=1e-7)


def test_the_bias_reduced_errors_of_statsmodels_at_its_correlation(months):
    """Independence has no correlation to estimate, so that both must agree to rounding."""
    import statsmodels.api as sm

    x = sm.add_constant(months[["caseload"]].astype(float))
    theirs = sm.GEE(
        months["starts"], x, months["specialist"], family=sm.families.Poisson(), exposure=months["client_months"]
    ).fit(cov_type="bias_reduced")
    ours = gee(months, "starts ~ caseload", "specialist", "poisson", "independence", "client_months", bias_reduced=True)
    assert_allclose(ours.estimates["se"], theirs.bse, rtol=1e-6)


def test_bias_reduced_errors_are_larger_and_are_the_default_with_few_groups(months):
    reduced = gee(months, "starts ~ caseload", "specialist", exposure="client_months", correlation="ar1", time="month")
    plain = gee(months, "starts ~ caseload", "specialist", "poisson", "ar1", "client_months", "month", bias_reduced=False)
    assert reduced.convention.startswith("bias-reduced")
    assert (reduced.estimates["se"] > plain.estimates["se"]).all()
    assert_allclose(reduced.estimates["estimate"], plain.estimates["estimate"])
    assert 0 < reduced.alpha < 1
    assert reduced.groups == 30


def test_the_order_of_rows_does_not_matter(months):
    shuffled = months.sample(frac=1, random_state=1)
    found = [
        gee(frame, "starts ~ caseload", "specialist", "poisson", "ar1", "client_months", "month")
        for frame in (months, shuffled)
    ]
    assert_allclose(found[0].estimates[["estimate", "se"]], found[1].estimates[["estimate", "se"]], rtol=1e-8)


@pytest.mark.parametrize(
    ("change", "choices", "code"),
    [
        ({}, {"family": "negative_binomial"}, "E208"),
        ({}, {"correlation": "toeplitz"}, "E208"),
        ({}, {"time": "week"}, "E201"),
        ({"month": 1}, {"time": "month"}, "E202"),
        ({"specialist": 1}, {}, "E206"),
        ({"starts": 0}, {}, "E205"),
    ],
)
def test_bad_input(change, choices, code, months):
    with pytest.raises(EstimateError) as caught:
        gee(months.assign(**change), "starts ~ caseload", "specialist", **choices)
    assert caught.value.problems[0].code == code


def test_groups_of_one_and_groups_of_many():
    rng = np.random.default_rng(3)
    who = np.repeat(np.arange(12), [1] * 6 + [9] * 6)
    frame = pd.DataFrame({"y": rng.normal(size=60) + rng.normal(size=12)[who], "x": rng.normal(size=60), "who": who})
    fit = gee(frame, "y ~ x", "who", "gaussian")
    assert np.isfinite(fit.estimates[["estimate", "se", "lower", "upper", "p"]].to_numpy(dtype=float)).all()
