"""Whatever the data: numbers that are numbers, or a refusal in words. Warnings are errors in this suite."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaltools import count_model, mixed_model
from evaltools.errors import EstimateError
from evaltools.estimate.regression.gee import gee
from evaltools.estimate.regression.wild_bootstrap import wild_bootstrap
from evaltools.estimate.regression.within import within_model

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@st.composite
def frames(draw):
    n = draw(st.integers(4, 40))
    numbers = st.one_of(st.none(), st.integers(0, 3), st.sampled_from([0, 0, 1, 50, 20_000]))
    measures = st.one_of(st.none(), st.floats(-5, 5), st.sampled_from([0.0, 1e-9, 1e9]))
    column = {
        "y": draw(st.lists(numbers, min_size=n, max_size=n)),
        "binary": draw(st.lists(st.sampled_from([0, 1, None]), min_size=n, max_size=n)),
        "x": draw(st.lists(measures, min_size=n, max_size=n)),
        "kind": draw(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=n, max_size=n)),
        "t": draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 30.0, None]), min_size=n, max_size=n)),
        "who": draw(st.lists(st.integers(0, draw(st.integers(1, 12))), min_size=n, max_size=n)),
    }
    return pd.DataFrame(column).astype({"y": "Int64", "binary": "Int64", "x": "Float64", "t": "Float64"})


def sound(estimates):
    return np.isfinite(estimates[["estimate", "se", "lower", "upper", "p"]].to_numpy(dtype=float)).all()


@QUIET
@given(
    frames(),
    st.sampled_from(["poisson", "negative_binomial", "binomial", "gaussian"]),
    st.sampled_from(["x", "C(kind)", "1"]),
)
@pytest.mark.parametrize("convention", [{}, {"cluster": "who"}, {"cluster": "who", "small_sample": "cr1s"}])
def test_count_model(convention, frame, family, covariates):
    outcome, exposure = (
        ("binary" if family == "binomial" else "y"),
        ("t" if family in ("poisson", "negative_binomial") else None),
    )
    try:
        fit = count_model(frame, f"{outcome} ~ {covariates}", exposure, family, **convention)
    except EstimateError:
        return
    assert sound(fit.estimates)
    assert np.isfinite([fit.loglik, fit.dispersion, fit.alpha]).all()
    assert fit.n + sum(fit.set_aside.values()) == fit.n_given == len(frame)


@QUIET
@given(frames(), st.sampled_from(["poisson", "binomial", "gaussian"]), st.sampled_from(["x", "C(kind)", "1"]))
@pytest.mark.parametrize("points", [1, 15])
def test_mixed_model(points, frame, family, covariates):
    outcome = "binary" if family == "binomial" else "y"
    try:
        fit = mixed_model(frame, f"{outcome} ~ {covariates}", "who", family, "t" if family == "poisson" else None, points)
    except EstimateError:
        return
    assert sound(fit.estimates)
    assert np.isfinite(fit.groups.drop(columns="group").to_numpy(dtype=float)).all()
    assert np.isfinite([fit.loglik, fit.variance, fit.icc]).all()
    assert fit.n + sum(fit.set_aside.values()) == fit.n_given == len(frame)


@QUIET
@given(frames(), st.sampled_from(["independence", "exchangeable", "ar1"]))
def test_gee_within_and_bootstrap(frame, correlation):
    for fitted in (
        lambda: gee(frame, "y ~ x", "who", "poisson", correlation, "t").estimates,
        lambda: within_model(frame, "y ~ x", "who", exposure="t").estimates,
        lambda: within_model(frame, "y ~ x", "who", "gaussian").estimates,
    ):
        try:
            estimates = fitted()
        except EstimateError:
            continue
        assert sound(estimates)
    try:
        test = wild_bootstrap(frame, "y ~ x", "x", "who", "rademacher", 999)
    except EstimateError:
        return
    assert 0 <= test.p_strict <= test.p <= 1
