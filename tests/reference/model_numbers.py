"""What R makes of regressions of counts, yes-or-no outcomes and measures (MASS, sandwich, clubSandwich, geepack, lme4, plm).

Tolerances are relative, those of the specification. R's glm stops at a relative change of 1e-8 of the deviance and takes its
errors from the weights before the last step: where make.R did not ask for more, errors are good to 1e-5, not 1e-6. p values
below 1e-12 are compared to twelve digits behind the point.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from numpy.testing import assert_allclose

GLM, GLM_STOPPED, NB, NB_ALPHA, NB_SE, NB_CLUSTER, NB_EXPECTED = 1e-6, 1e-5, 1e-5, 1e-4, 1e-4, 5e-4, 1e-2
GEE, GEE_SE, GEE_RHO, MIXED, LOGLIK = 1e-3, 1e-2, 2e-2, 1e-3, 1e-6
CONVENTIONS = {"CR0": "cr0", "CR0_G_Gm1": "cr1", "CR1S": "cr1s", "CR2": "cr2"}
JOINT = {"se_cluster_CR0": "cr0", "se_cluster_stata_G_over_Gm1": "cr1", "se_cluster_CR1S": "cr1s"}


def models(name: str) -> dict[str, Any]:
    return json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))


def by_term(fit):
    return fit.estimates.set_index("term").rename(index={"Intercept": "(Intercept)"})


def assert_coefs(fit, block, rtol, se_rtol=None, limits=True):
    """Estimates, errors and, from the normal distribution, limits and p values: rows of coef, se, lo, hi, p."""
    found, worst = by_term(fit), se_rtol or rtol
    for term, (coef, se, low, high, p) in block.items():
        row = found.loc[term]
        assert_allclose(row["estimate"], coef, rtol=rtol, atol=rtol * se, err_msg=term)
        assert_allclose(row["se"], se, rtol=worst, err_msg=term)
        if limits:
            assert_allclose([row["lower"], row["upper"]], [low, high], rtol=worst, atol=10 * worst * se, err_msg=term)
            assert_allclose(row["p"], p, rtol=200 * worst, atol=1e-12, err_msg=term)
    assert set(block) == set(found.index)


def assert_named(fit, block, rtol, column="se"):
    """One column, by term; R's log alpha has a field of its own."""
    found = by_term(fit)
    for term, value in block.items():
        if term != "log_alpha":
            assert_allclose(found.loc[term, column], value, rtol=rtol, err_msg=f"{column} of {term}")


def assert_fit(fit, block, rtol, se_rtol=None):
    assert_coefs(fit, block["coef"], rtol, se_rtol)
    assert_allclose([fit.loglik, fit.aic], [block["loglik"], block["AIC"]], rtol=1e-9)


def assert_joint(fit, block):
    """The joint maximum of coefficients and log alpha."""
    assert_named(fit, block["coef"], NB, "estimate")
    assert_named(fit, block["se_model"], NB_SE)
    assert_allclose(fit.alpha, block["alpha"], rtol=NB_ALPHA)
    assert_allclose(fit.alpha_se, block["se_model"]["log_alpha"], rtol=NB_SE)
    assert_allclose(fit.loglik, block["loglik"], rtol=1e-9)


def assert_gee(fit, block):
    assert_coefs(fit, block["coef"], GEE, GEE_SE, limits=False)
    assert_allclose(fit.alpha, block["alpha"], rtol=GEE_RHO)
    if "phi" in block:
        assert_allclose(fit.phi, block["phi"], rtol=GEE)
    naive = fit.naive_se.rename({"Intercept": "(Intercept)"})
    for term, se in block.get("naive_se", {}).items():
        assert_allclose(naive[term], se, rtol=GEE_SE)
