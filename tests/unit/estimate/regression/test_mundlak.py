from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.errors import EstimateError
from evaltools.estimate.regression.caseload_cautions import CASELOAD_CAUTIONS
from evaltools.estimate.regression.mundlak import mundlak_contrast


def test_between_is_within_and_the_rest(months):
    made = mundlak_contrast(months, "starts ~ caseload", "caseload", "specialist", exposure="client_months")
    within, between, rest = made.contrasts["estimate"]
    assert_allclose(between, within + rest, rtol=1e-9)
    assert made.contrasts["contrast"].tolist() == ["within", "between", "between less within"]
    assert made.cautions == CASELOAD_CAUTIONS


def test_good_specialists_with_more_clients_are_found_out(make_months):
    months = make_months(60, 12, seed=3, spread=0.0)
    skill = np.random.default_rng(1).normal(0, 0.4, 60)[months["specialist"]]
    months["caseload"] = (months["caseload"] + 12 * skill).clip(5, 60)
    months["client_months"] = months["caseload"]
    rate = 0.06 * np.exp(skill - 0.02 * (months["caseload"] - 22))
    months["starts"] = np.random.default_rng(2).poisson(months["caseload"] * rate)
    made = mundlak_contrast(months, "starts ~ caseload", "caseload", "specialist", exposure="client_months")
    assert made.contrasts["p"].iloc[2] < 0.01
    assert "differs from" in made.sentence


@pytest.mark.parametrize(
    ("formula", "column", "group"),
    [
        ("starts ~ caseload", "load", "specialist"),
        ("starts ~ caseload", "caseload", "who"),
        ("starts ~ month", "caseload", "specialist"),
    ],
)
def test_bad_input(formula, column, group, months):
    with pytest.raises(EstimateError):
        mundlak_contrast(months, formula, column, group)
