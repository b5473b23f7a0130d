from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools import count_model
from evaltools.errors import EstimateError
from evaltools.estimate.regression.caseload_cautions import CASELOAD_CAUTIONS
from evaltools.estimate.regression.caseload_response import caseload_response, joint_test

COLUMNS = ("starts", "caseload", "client_months", "specialist")


@pytest.mark.parametrize("shape", ["spline", "segments", "bands"])
def test_rates_only_where_there_are_data(shape, months):
    made = caseload_response(months, *COLUMNS, shape=shape, adjust="C(site)", cuts=(20, 25) if shape == "bands" else None)
    low, high = made.support
    assert (low, high) == tuple(np.percentile(months["caseload"], [5, 95]))
    assert set(made.predicted["caseload"]) | set(made.not_supported) == {10, 15, 20, 25, 30, 40}
    assert ((made.predicted["caseload"] >= low) & (made.predicted["caseload"] <= high)).all()
    assert ((made.predicted["lower"] < made.predicted["rate"]) & (made.predicted["rate"] < made.predicted["upper"])).all()
    assert made.cautions == CASELOAD_CAUTIONS
    assert (made.nonlinearity is None) == (shape == "bands")


def test_the_rate_is_the_mean_of_the_rows_with_this_caseload(months):
    made = caseload_response(months, *COLUMNS, shape="segments", adjust="C(site)", at=(22,))
    bent = months.assign(a=(months["caseload"] - 20).clip(lower=0), b=(months["caseload"] - 25).clip(lower=0))
    fit = count_model(bent, "starts ~ caseload + a + b + C(site)", "client_months", cluster="specialist")
    beta = fit.estimates.set_index("term")["estimate"]
    site = months["site"].map({each: beta.get(f"C(site)[T.{each}]", 0.0) for each in "abcdef"})
    rate = np.exp(beta["Intercept"] + 22 * beta["caseload"] + 2 * beta["a"] + site).mean()
    assert_allclose(made.predicted["rate"], rate, rtol=1e-8)
    assert_allclose(made.fit.loglik, fit.loglik, rtol=1e-10)
    assert made.fit.estimates["term"].tolist()[1:4] == ["caseload", "change of slope at 20", "change of slope at 25"]


def test_the_joint_test_of_one_coefficient_is_its_t_test(months):
    fit = count_model(months, "starts ~ caseload", "client_months", cluster="specialist", small_sample="cr1s")
    test = joint_test(fit, [1], "no association")
    assert_allclose([test.p, test.df_residual], [fit.estimates["p"].iloc[1], 29], rtol=1e-6)
    plain = count_model(months, "starts ~ caseload", "client_months")
    assert_allclose(joint_test(plain, [1], "").p, plain.estimates["p"].iloc[1], rtol=1e-6)


def test_a_band_without_starts_is_named(months):
    quiet = months.assign(starts=months["starts"].where(months["caseload"] <= 30, 0))
    with pytest.raises(EstimateError, match="'band above 30 to 40'"):
        caseload_response(quiet[quiet["caseload"] <= 40], *COLUMNS, shape="bands")


def test_missing_caseloads_are_counted(months):
    holes = months.astype({"caseload": "Float64"})
    holes.loc[holes["month"] == 0, "caseload"] = None
    made = caseload_response(holes, *COLUMNS)
    assert made.fit.set_aside == {"covariate missing": 30}


@pytest.mark.parametrize(
    "choices", [{"shape": "line"}, {"family": "binomial"}, {"caseload": "load"}, {"adjust": "C(town)"}, {"cluster": "site3"}]
)
def test_bad_input(choices, months):
    asked = dict(zip(("outcome", "caseload", "exposure", "cluster"), COLUMNS, strict=True)) | choices
    with pytest.raises(EstimateError):
        caseload_response(months.assign(site3=months["specialist"] % 3), **asked)
