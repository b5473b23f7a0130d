from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from formulaic import model_matrix
from numpy.testing import assert_allclose
from pandas.testing import assert_frame_equal

from evaltools.errors import EstimateError
from evaltools.estimate.design import design

RNG = np.random.default_rng(20261122)
PEOPLE = pd.DataFrame(
    {
        "age": RNG.integers(18, 66, 200).astype(float),
        "score": RNG.normal(size=200),
        "site": RNG.choice(["north", "south", "west"], 200),
        "arm": RNG.integers(0, 2, 200),
        "disabled": RNG.random(200) < 0.4,
        "band": pd.Categorical(RNG.choice(["low", "high"], 200), categories=["low", "middle", "high"]),
    }
)


@pytest.mark.parametrize(
    "formula", ["age + score + arm", "age * C(site)", "site + band + disabled", "C(arm):age + poly(score, 2)"]
)
@pytest.mark.parametrize("collapse", [False, True])
def test_is_formulaics_matrix(formula, collapse):
    theirs = model_matrix(
        formula,
        PEOPLE.assign(band=PEOPLE["band"].cat.remove_unused_categories(), disabled=PEOPLE["disabled"] * 1.0),
        context={},
    ).drop(columns="Intercept")
    made = design(PEOPLE, formula, collapse)
    assert made.terms == tuple(theirs.columns)
    assert_allclose(made.expanded() + made.centre, theirs, atol=1e-12)
    assert_allclose(made.reach, np.ptp(theirs.to_numpy(), axis=0))


def test_collapses_categories_only():
    made = design(PEOPLE, "C(site) + arm", collapse=True)
    assert len(made.matrix) == 6
    assert made.pattern is not None
    assert design(PEOPLE, "C(site) + age + score", collapse=True).pattern is None
    assert design(PEOPLE, "C(site)").pattern is None


def test_leaves_its_input_alone():
    before = PEOPLE.copy()
    design(PEOPLE, "age + C(site) + band", collapse=True)
    assert_frame_equal(before, PEOPLE)


def test_rows_without_a_covariate_are_set_aside_and_counted():
    made = design(PEOPLE.assign(age=PEOPLE["age"].where(PEOPLE["age"] > 30)), "age + site")
    assert made.n_missing == (PEOPLE["age"] <= 30).sum()
    assert len(made.used) + made.n_missing == 200


def test_nothing_but_the_columns_is_in_reach():
    caselod = np.arange(200.0)  # a stray local must not become a covariate
    with pytest.raises(EstimateError, match="no column 'caselod'"):
        design(PEOPLE, "caselod")
    assert len(caselod) == 200


@pytest.mark.parametrize("formula", ["age + C(site)", "age + score", "C(site):score + poly(age, 2)"])
def test_other_people_get_the_same_coding(formula):
    made = design(PEOPLE, formula)
    assert_allclose(made.rows(PEOPLE.iloc[:7]), made.expanded()[:7], atol=1e-12)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"site": "east"}, "category that was not"),
        ({"age": np.nan}, "lack a covariate"),
        ({"age": None}, "lack a covariate"),
    ],
)
def test_other_people_must_fit(changes, words):
    with pytest.raises(EstimateError, match=words):
        design(PEOPLE, "age + C(site)").rows(PEOPLE.iloc[:3].assign(**changes))


@pytest.mark.parametrize(
    ("changes", "formula", "words"),
    [
        ({"age": 40.0}, "age", "same value for everybody"),
        ({"site": "north"}, "arm + C(site)", "'site' has the same value"),
        ({"age": np.nan}, "age", "no row has every covariate"),
        ({"age": np.append(np.inf, np.ones(199))}, "age", "not a finite number"),
        ({}, "log(score)", "not a finite number"),
    ],
)
def test_what_cannot_be_used_is_said_in_words(changes, formula, words):
    with pytest.raises(EstimateError, match=words):
        design(PEOPLE.assign(**changes), formula)
