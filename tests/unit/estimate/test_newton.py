from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.errors import EstimateError
from evaltools.estimate.newton import Evaluation, Search, maximise, refuse_collinear


def logistic(at):
    """Log-likelihood of 3 successes of 10 in log odds."""
    p = 1 / (1 + np.exp(-at))
    return Evaluation(float(3 * at[0] - 10 * np.log1p(np.exp(at[0]))), 3 - 10 * p, np.atleast_2d(10 * p * (1 - p)))


def test_finds_the_maximum_and_its_covariance():
    best = maximise(logistic, np.zeros(1), Search(["x"]))
    assert_allclose(best.point, np.log(3 / 7), rtol=1e-9)
    assert_allclose(best.covariance, [[1 / 2.1]], rtol=1e-4)
    assert_allclose(best.loglik, 3 * np.log(0.3) + 7 * np.log(0.7), rtol=1e-12)


def test_halves_a_step_that_overshoots():
    def steep(at):
        return Evaluation(-float(np.logaddexp(at[0], -at[0])), -np.tanh(at), np.atleast_2d(1 / np.cosh(at) ** 2))

    assert_allclose(maximise(steep, np.array([1.5]), Search(["x"])).point, 0, atol=1e-6)


def test_an_estimate_without_limit_is_named():
    def climbing(at):
        return Evaluation(-float(np.log1p(np.exp(-at[0]))), 1 / (1 + np.exp(at)), np.atleast_2d(1 / (2 + 2 * np.cosh(at))))

    with pytest.raises(EstimateError, match="'x' separates people"):
        maximise(climbing, np.zeros(1), Search(["x"], reach=np.ones(1)))


def test_gives_up_in_words():
    with pytest.raises(EstimateError, match="no maximum was found in 2 steps"):
        maximise(lambda at: Evaluation(float(at[0]), np.ones(1), np.eye(1)), np.zeros(1), Search(["x"], most_steps=2))


@pytest.mark.parametrize(
    ("information", "words"),
    [([[1, 1], [1, 1]], "'a' and 'b' repeat each other"), ([[1, 0], [0, 0]], "'b' does not differ between people")],
)
def test_terms_that_cannot_be_told_apart_are_named(information, words):
    with pytest.raises(EstimateError, match=words):
        refuse_collinear(np.array(information, dtype=float), ["a", "b"])


def test_a_natural_spline_that_repeats_the_intercept_says_how_to_write_it():
    with pytest.raises(EstimateError, match="constraints='center'"):
        refuse_collinear(np.ones((2, 2)), ["cr(x, df=3)[1]", "cr(x, df=3)[2]"])
