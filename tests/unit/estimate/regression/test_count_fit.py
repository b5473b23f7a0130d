from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from evaltools import count_model


def test_contrasts_follow_the_convention_of_the_fit(months):
    fit = count_model(months, "starts ~ caseload", "client_months", cluster="specialist", small_sample="cr2")
    picks = np.array([[0.0, 1.0], [1.0, 22.0]])
    told = fit.contrast(picks, ("slope", "at 22"))
    assert_allclose(told.iloc[0, 1:7].astype(float), fit.estimates.iloc[1, 1:7].astype(float), rtol=1e-12)
    assert_allclose(told["se"] ** 2, np.diag(picks @ fit.covariance @ picks.T), rtol=1e-9)
    assert told["df"].iloc[1] != told["df"].iloc[0]


def test_other_names_are_the_same_fit(months):
    fit = count_model(months, "starts ~ caseload", "client_months")
    again = fit.renamed(fit.estimates.assign(term=["a", "b"]))
    assert again.estimates["term"].tolist() == ["a", "b"]
    assert again.loglik == fit.loglik
    assert fit.aic == -2 * fit.loglik + 4
