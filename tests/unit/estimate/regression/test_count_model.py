from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from evaltools import count_model
from evaltools.errors import EstimateError


def test_two_rates_by_hand():
    frame = pd.DataFrame({"starts": [4, 6, 9, 1], "months": [40.0, 60, 50, 50], "north": [0, 0, 1, 1]})
    fit = count_model(frame, "starts ~ north", "months")
    rate = fit.estimates["estimate"]
    assert_allclose(np.exp([rate[0], rate.sum()]), [10 / 100, 10 / 100], rtol=1e-10)
    assert_allclose(fit.estimates["se"], [np.sqrt(1 / 10), np.sqrt(2 / 10)], rtol=1e-8)
    assert (fit.n, fit.exposure, fit.exposure_total) == (4, "months", 200.0)


@settings(max_examples=15, deadline=None)
@given(st.floats(0.01, 1000))
def test_exposure_in_another_unit_shifts_the_intercept_alone(times):
    rng = np.random.default_rng(7)
    frame = pd.DataFrame({"y": rng.poisson(3, 60), "x": rng.normal(size=60), "t": rng.uniform(1, 3, 60)})
    one = count_model(frame, "y ~ x", "t")
    other = count_model(frame.assign(t=frame["t"] * times), "y ~ x", "t")
    assert_allclose(other.estimates["estimate"], one.estimates["estimate"] - [np.log(times), 0], rtol=1e-7, atol=1e-8)
    assert_allclose(other.loglik, one.loglik, rtol=1e-9)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["poisson", "negative_binomial", "binomial", "gaussian"]))
def test_the_order_of_rows_does_not_matter(random, family):
    rng = np.random.default_rng(8)
    frame = pd.DataFrame({"x": rng.normal(size=80), "who": np.repeat(np.arange(10), 8)})
    frame["y"] = rng.integers(0, 2, 80) if family == "binomial" else rng.negative_binomial(2, 0.4, 80)
    order = list(range(80))
    random.shuffle(order)
    one = count_model(frame, "y ~ x", None, family, "who", "cr2")
    other = count_model(frame.iloc[order], "y ~ x", None, family, "who", "cr2")
    assert_allclose(other.estimates[["estimate", "se"]], one.estimates[["estimate", "se"]], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("family", ["poisson", "negative_binomial", "binomial", "gaussian"])
def test_patterns_give_what_rows_give(family, make_months):
    months = make_months(seed=9).assign(any=lambda frame: (frame["starts"] > 0).astype(int))
    outcome = "any" if family == "binomial" else "starts"
    together = count_model(months, f"{outcome} ~ C(site) + month", None, family, "specialist", "cr1s")
    as_it_is = months.assign(month=months["month"] + 0.5)  # no whole numbers: nothing is collapsed
    apart = count_model(as_it_is, f"{outcome} ~ C(site) + month", None, family, "specialist", "cr1s")
    columns = ["estimate", "se"]
    assert_allclose(together.estimates[columns].iloc[1:], apart.estimates[columns].iloc[1:], rtol=1e-6, atol=1e-8)
    assert_allclose(together.loglik, apart.loglik, rtol=1e-10)


@pytest.mark.parametrize(
    ("choices", "starts"),
    [
        ({}, "from the model"),
        ({"small_sample": "hc1"}, "HC1"),
        ({"cluster": "specialist"}, "CR2"),  # thirty of them
        ({"cluster": "specialist", "small_sample": "none"}, "CR0"),
        ({"cluster": "month_row"}, "CR1S"),
    ],
)
def test_the_convention_is_named(choices, starts, months):
    rows = months.assign(month_row=np.arange(len(months)) // 3)
    fit = count_model(rows, "starts ~ caseload", "client_months", **choices)
    assert fit.convention.startswith(starts)
    assert set(fit.estimates["convention"]) == {fit.convention}


def test_counts_that_vary_less_than_poisson_counts_fall_back_in_words():
    frame = pd.DataFrame({"y": [2, 3, 2, 3, 2, 3, 2, 3], "x": [0.0, 1, 2, 3, 4, 5, 6, 7]})
    fit = count_model(frame, "y ~ x", family="negative_binomial")
    assert (fit.alpha, fit.alpha_se, fit.alpha_statistic, fit.alpha_p) == (0.0, None, 0.0, 1.0)
    assert "at its boundary" in fit.note
    assert_allclose(fit.estimates["se"], count_model(frame, "y ~ x").estimates["se"])


def test_rows_set_aside_are_told(months):
    holes = months.assign(client_months=months["client_months"].mask(months["month"] == 0))
    fit = count_model(holes, "starts ~ caseload", "client_months")
    assert (fit.n_given, fit.n, fit.set_aside) == (360, 330, {"exposure missing": 30})
    assert fit.note == "rows set aside: 30 exposure missing"
    assert fit.used.tolist() == np.flatnonzero(months["month"] != 0).tolist()


@pytest.mark.parametrize(
    ("columns", "formula", "choices", "code"),
    [
        ({}, "starts ~ caseload", {"family": "gamma"}, "E208"),
        ({}, "starts ~ caseload", {"small_sample": "cr9"}, "E208"),
        ({}, "starts ~ caseload", {"small_sample": "cr2"}, "E208"),
        ({}, "starts ~ caseload", {"small_sample": "hc0", "cluster": "specialist"}, "E208"),
        ({}, "starts ~ caseload", {"family": "gaussian", "exposure": "client_months"}, "E208"),
        ({}, "starts ~ caseload", {"cluster": "town"}, "E201"),
        ({"one": 1}, "starts ~ caseload", {"cluster": "one"}, "E206"),
        ({"three": [0, 1, 2] * 120}, "starts ~ caseload", {"cluster": "three"}, "E206"),
        ({"twin": "caseload"}, "starts ~ caseload + twin", {}, "E137"),
        ({"flat": 3}, "starts ~ flat", {}, "E134"),
        ({"none": "starts"}, "any ~ none", {"family": "binomial"}, "E138"),  # tells those with a start from those without
        ({"starts": [0] * 60 + [1] * 300, "late": [0] * 60 + [1] * 300}, "starts ~ late", {}, "E138"),
        ({}, "starts ~ caselod", {}, "E132"),
        ({}, "starts ~ __import__('os')", {}, "E131"),
    ],
)
def test_bad_input_is_refused_in_words(columns, formula, choices, code, months):
    made = {name: months[values] if isinstance(values, str) else values for name, values in columns.items()}
    frame = months.assign(any=(months["starts"] > 0).astype(int)).assign(**made)
    with pytest.raises(EstimateError) as caught:
        count_model(frame, formula, **choices)
    assert caught.value.problems[0].code == code


def test_a_refusal_of_sites_says_so(months):
    few = months[months["site"].isin(["a", "b", "c"])]
    with pytest.raises(EstimateError, match="site-level inference is not available: 3 clusters of 'site'"):
        count_model(few, "starts ~ caseload", "client_months", cluster="site")
