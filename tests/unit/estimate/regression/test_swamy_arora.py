from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools import count_model
from evaltools.errors import EstimateError
from evaltools.estimate.regression.swamy_arora import swamy_arora


def test_balanced_groups_have_the_textbook_variances(months):
    fit = swamy_arora(months, "starts ~ caseload", "specialist")
    by = months.groupby("specialist")
    apart = months[["starts", "caseload"]] - by[["starts", "caseload"]].transform("mean")
    slope = (apart["starts"] @ apart["caseload"]) / (apart["caseload"] @ apart["caseload"])
    within = ((apart["starts"] - slope * apart["caseload"]) ** 2).sum() / (360 - 30 - 1)
    means = by[["starts", "caseload"]].mean()
    left = means["starts"] - np.polyval(np.polyfit(means["caseload"], means["starts"], 1), means["caseload"])
    assert_allclose(fit.within, within, rtol=1e-10)
    assert_allclose(fit.between, (left @ left) / 28 - within / 12, rtol=1e-10)


def test_groups_that_do_not_differ_give_least_squares(months):
    flat = months.assign(
        starts=months["starts"] - months.groupby("specialist")["starts"].transform("mean"), t=months["month"]
    )
    fit = swamy_arora(flat, "starts ~ t", "specialist")
    assert fit.between == 0
    assert_allclose(
        fit.estimates["estimate"], count_model(flat, "starts ~ t", family="gaussian").estimates["estimate"], atol=1e-9
    )


def test_too_few_groups_are_refused(months):
    with pytest.raises(EstimateError, match="not estimable: 2 groups"):
        swamy_arora(months[months["specialist"] < 2], "starts ~ caseload", "specialist")
