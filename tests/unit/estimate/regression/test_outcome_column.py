from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools import count_model
from evaltools.errors import EstimateError
from evaltools.estimate.regression.outcome_column import formula_sides, numbers, outcome_column

FRAME = pd.DataFrame({"days": [1.0, 2.0, np.nan], "kind": list("abc"), "my days": [3, 4, 5]})


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ("days", [1, 2, np.nan]),
        ("log(days)", [0, np.log(2), np.nan]),
        ("`my days`", [3, 4, 5]),
        ("I(days * 2)", [2, 4, np.nan]),
    ],
)
def test_a_column_or_a_function_of_it(left, expected):
    assert_allclose(outcome_column(FRAME, left), expected)


@pytest.mark.parametrize(
    ("left", "code"),
    [
        ("day", "E201"),
        ("kind", "E202"),
        ("log(kind)", "E202"),
        ("eval('1')", "E131"),
        ("log(dayz)", "E132"),
        ("bs(days)", "E200"),
    ],
)
def test_what_is_refused(left, code):
    frame = FRAME.assign(days=[1.0, 2.0, 3.0])
    with pytest.raises(EstimateError) as caught:
        outcome_column(frame, left)
    assert caught.value.problems[0].code == code


@pytest.mark.parametrize("formula", ["starts", "starts ~", "~ caseload", ""])
def test_a_formula_has_two_sides(formula):
    with pytest.raises(EstimateError, match="no outcome or no covariates"):
        formula_sides(formula)


@pytest.mark.parametrize(
    "column", [[True, False, None], pd.array([1, 0, None], dtype="Int64"), pd.array([True, False, None], dtype="boolean")]
)
def test_truth_values_and_nullable_numbers(column):
    assert_allclose(numbers(pd.Series(column), "x"), [1, 0, np.nan])


def test_a_logarithm_of_nothing_is_refused_in_words():
    with pytest.raises(EstimateError, match=r"'log\(days\)' is infinite in some rows"):
        count_model(pd.DataFrame({"days": [0.0, 1, 2, 5], "x": [1.0, 2, 4, 3]}), "log(days) ~ x", family="gaussian")
