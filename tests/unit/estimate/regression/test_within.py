from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools import count_model
from evaltools.errors import EstimateError
from evaltools.estimate.regression.within import within_model


def test_counts_are_compared_as_with_an_intercept_each(months):
    ours = within_model(months, "starts ~ caseload", "specialist", exposure="client_months", small_sample="cr0")
    busy = months[months.groupby("specialist")["starts"].transform("sum") > 0]
    theirs = count_model(busy, "starts ~ caseload + C(specialist)", "client_months", "poisson", "specialist", "cr0")
    row = theirs.estimates.set_index("term").loc["caseload"]
    assert_allclose(
        ours.estimates[["estimate", "se"]].iloc[0].astype(float), row[["estimate", "se"]].astype(float), rtol=1e-6
    )


def test_what_is_stable_drops_out(months):
    """Multiplying one specialist's exposure changes nothing within specialists."""
    first = within_model(months, "starts ~ caseload", "specialist", exposure="client_months")
    shifted = months.assign(client_months=months["client_months"] * (1 + months["specialist"]))
    second = within_model(shifted, "starts ~ caseload", "specialist", exposure="client_months")
    assert_allclose(first.estimates["estimate"], second.estimates["estimate"], rtol=1e-8)
    assert_allclose(first.loglik, second.loglik, rtol=1e-10)


def test_groups_that_say_nothing_are_counted(months):
    quiet = months.assign(starts=months["starts"].where(months["specialist"] != 3, 0))
    alone = pd.concat([quiet, quiet.iloc[[0]].assign(specialist=99)])
    fit = within_model(alone, "starts ~ caseload", "specialist", exposure="client_months")
    assert fit.set_aside == {"alone in their 'specialist'": 1, "of a 'specialist' without events": 12}
    assert (fit.n, fit.n_given, fit.groups) == (348, 361, 29)


@pytest.mark.parametrize(
    ("change", "formula", "choices", "code"),
    [
        ({}, "starts ~ site_number", {}, "E137"),  # the same all along
        ({}, "starts ~ 1", {}, "E200"),
        ({}, "starts ~ caseload", {"small_sample": "cr2"}, "E208"),
        ({}, "starts ~ caseload", {"family": "gaussian", "exposure": "fte"}, "E208"),
        ({}, "starts ~ caseload", {"family": "binomial"}, "E208"),
        ({"specialist": 1}, "starts ~ caseload", {}, "E206"),
        ({"specialist": range(360)}, "starts ~ caseload", {}, "E206"),
    ],
)
def test_bad_input(change, formula, choices, code, months):
    frame = months.assign(site_number=months["specialist"] % 6, **change)
    with pytest.raises(EstimateError) as caught:
        within_model(frame, formula, "specialist", **choices)
    assert caught.value.problems[0].code == code


def test_measures_explain_a_share_of_their_changes(months):
    fit = within_model(months, "starts ~ caseload", "specialist", "gaussian", small_sample="cr2")
    assert 0 < fit.within_r2 < 1
    assert fit.loglik is None
    assert np.isfinite(fit.estimates["df"].astype(float)).all()
