from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.regression.model_rows import check_choice, model_rows, set_aside_note


def frame(**columns):
    base = {"starts": [1, 0, 2, 3, 1, 0], "load": [20.0, 25, 30, 22, 24, 21], "months": [20.0, 25, 30, 22, 24, 21]}
    return pd.DataFrame({**base, "who": list("aabbcc"), **columns})


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"starts": [1, 0, None, 3, 1, 0]}, "outcome missing"),
        ({"starts": pd.array([1, 0, None, 3, 1, 0], dtype="Int64")}, "outcome missing"),
        ({"months": [20.0, 25, None, 22, 24, 21]}, "exposure missing"),
        ({"months": pd.array([20.0, 25, None, 22, 24, 21], dtype="Float64")}, "exposure missing"),
        ({"starts": [1, 0, 0, 3, 1, 0], "months": [20.0, 25, 0, 22, 24, 21]}, "exposure zero"),
        ({"load": [20.0, 25, None, 22, 24, 21]}, "covariate missing"),
        ({"who": ["a", "a", None, "b", "c", "c"]}, "who missing"),
    ],
)
def test_every_row_not_used_is_counted(columns, reason):
    rows = model_rows(frame(**columns), "starts ~ load", "poisson", "months", ("who",))
    assert rows.set_aside == {reason: 1}
    assert rows.used.tolist() == [0, 1, 3, 4, 5]
    assert set_aside_note(rows.set_aside) == f"rows set aside: 1 {reason}"


@pytest.mark.parametrize(
    ("columns", "formula", "family", "code"),
    [
        ({}, "starts", "poisson", "E200"),
        ({}, "start ~ load", "poisson", "E201"),
        ({"starts": list("abcdef")}, "starts ~ load", "poisson", "E202"),
        ({"starts": [1, 0, -2, 3, 1, 0]}, "starts ~ load", "poisson", "E202"),
        ({"starts": [1, 0, 0.5, 3, 1, 0]}, "starts ~ load", "negative_binomial", "E202"),
        ({"starts": [1, 0, 2, 3, 1, 0]}, "starts ~ load", "binomial", "E202"),
        ({"starts": [1, 0, np.inf, 3, 1, 0]}, "starts ~ load", "gaussian", "E202"),
        ({"months": [20.0, -25, 30, 22, 24, 21]}, "starts ~ load", "poisson", "E203"),
        ({"months": [0.0, 25, 30, 22, 24, 21]}, "starts ~ load", "poisson", "E203"),  # an event without exposure
        ({"starts": [None] * 6}, "starts ~ load", "poisson", "E204"),
        ({}, "starts ~ load + C(who) + months + load:months", "poisson", "E204"),
        ({"starts": [0] * 6}, "starts ~ load", "poisson", "E205"),
        ({"starts": [1] * 6}, "starts ~ load", "binomial", "E205"),
        ({"starts": [2] * 6}, "starts ~ load", "gaussian", "E205"),
    ],
)
def test_what_cannot_be_used_is_said(columns, formula, family, code):
    exposure = "months" if family in ("poisson", "negative_binomial") else None
    with pytest.raises(EstimateError) as caught:
        model_rows(frame(**columns), formula, family, exposure)
    assert caught.value.problems[0].code == code


def test_categories_are_collapsed_and_come_back():
    rows = model_rows(frame(), "starts ~ C(who)", "poisson", groups=("who",))
    assert rows.matrix.shape == (3, 2)
    whole = model_rows(frame(), "starts ~ C(who)", "poisson", collapse=False)
    np.testing.assert_array_equal(rows.expanded()[:, 1:] + rows.centre, whole.expanded()[:, 1:] + whole.centre)
    assert rows.labels["who"].tolist() == ["a", "b", "c"]


def test_without_covariates_there_is_an_intercept_alone():
    rows = model_rows(frame(), "starts ~ 1", "poisson")
    assert rows.terms == ("Intercept",)
    assert rows.back.tolist() == [[1.0]]
    assert rows.reach.tolist() == [0.0]


def test_a_setting_that_is_none():
    with pytest.raises(EstimateError, match="use one of: a, b"):
        check_choice("family", "c", ("a", "b"))
