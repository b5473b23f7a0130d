from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools.errors import EstimateError
from evaltools.estimate.regression.family_fit import coefficient_covariance, fit_family
from evaltools.estimate.regression.model_rows import model_rows


@pytest.mark.parametrize("family", ["poisson", "negative_binomial", "gaussian"])
@pytest.mark.parametrize("convention", ["cr0", "cr2"])
def test_patterns_and_rows_have_the_same_errors(family, convention, make_months):
    months = make_months(seed=4)
    months["noise"] = np.random.default_rng(1).permutation(len(months)) / len(months) / 1e7  # a measure: nothing collapses
    found = []
    for formula in ("starts ~ C(site)", "starts ~ C(site) + noise"):
        rows = model_rows(months, formula, family, groups=("specialist",))
        picks = np.eye(len(rows.terms))[:6]
        spread, df = coefficient_covariance(rows, fit_family(rows, family), convention, rows.groups["specialist"], picks)
        found.append((rows.pattern is None, np.sqrt(np.diag(spread))[1:6], df[1:6]))
    assert [each[0] for each in found] == [False, True]
    assert_allclose(found[0][1], found[1][1], rtol=0.05)  # one coefficient more


def test_a_duplicate_of_every_row_leaves_cluster_errors_and_halves_the_variance_of_the_model(months):
    twice = pd.concat([months, months])
    found = []
    for frame in (months, twice):
        rows = model_rows(frame, "starts ~ caseload", "poisson", "client_months", ("specialist",))
        made = fit_family(rows, "poisson")
        found.append(
            [coefficient_covariance(rows, made, name, rows.groups["specialist"], np.eye(2))[0] for name in ("model", "cr0")]
        )
    assert_allclose(found[1][0], found[0][0] / 2, rtol=1e-9)
    assert_allclose(found[1][1], found[0][1], rtol=1e-9)


def test_an_exact_fit_is_said():
    rows = model_rows(pd.DataFrame({"y": [1.0, 2, 3, 4], "x": [1.0, 2, 3, 4]}), "y ~ x", "gaussian")
    with pytest.raises(EstimateError, match="fit the outcome exactly"):
        fit_family(rows, "gaussian")
