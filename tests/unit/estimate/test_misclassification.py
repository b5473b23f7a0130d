from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evaltools.errors import EstimateError
from evaltools.estimate.misclassification import correct_misclassification
from evaltools.estimate.proportion import proportion

COUNTS = st.tuples(st.integers(0, 200), st.integers(1, 200)).map(lambda pair: (min(pair), max(pair)))
RATE = st.floats(0.5, 1)


def test_the_published_example():
    """R package epiR, epi.prev: 23 of 150, sensitivity 0.96, specificity 0.89: 5.1 in a hundred."""
    assert round(correct_misclassification(23, 150, 0.96, 0.89).value, 3) == 0.051


def test_reports_rarer_than_false_ones_are_cut_to_nobody_and_said():
    """The same: 6 of 151, sensitivity 0.964, specificity 0.927: none."""
    found = correct_misclassification(6, 151, 0.964, 0.927)
    assert (found.value, found.lower) == (0, 0)
    assert found.uncut < 0
    assert "beyond" in found.note


@given(COUNTS)
def test_reports_that_are_always_right_are_left_alone(counts):
    x, n = counts
    found, plain = correct_misclassification(x, n, 1, 1), proportion(x, n)
    assert (found.value, found.lower, found.upper) == pytest.approx((plain.value, plain.lower, plain.upper))
    assert found.note == ""


@given(st.floats(0.01, 0.99), RATE, RATE)
def test_it_undoes_what_wrong_reports_do(truth, sensitivity, specificity):
    assume(sensitivity + specificity > 1.05)
    reported = truth * sensitivity + (1 - truth) * (1 - specificity)
    found = correct_misclassification(1000 * reported, 1000, sensitivity, specificity)
    assert found.value == pytest.approx(truth)
    assert found.lower <= found.value <= found.upper


@pytest.mark.parametrize(("sensitivity", "specificity"), [(0.5, 0.5), (0.2, 0.8), (0.1, 0.3), ((5, 10), 0.5)])
def test_reports_no_better_than_chance_are_refused(sensitivity, specificity):
    with pytest.raises(EstimateError, match="no more than chance"):
        correct_misclassification(5, 10, sensitivity, specificity)


@pytest.mark.parametrize("wrong", [{"x": 11}, {"x": -1}, {"n": 0, "x": 0}, {"sensitivity": 1.2}, {"specificity": (3, 2)}])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(EstimateError):
        correct_misclassification(**{"x": 5, "n": 10, "sensitivity": 0.9, "specificity": 0.9} | wrong)


def test_rates_from_a_small_study_widen_the_interval_and_from_a_large_one_do_not():
    known = correct_misclassification(60, 200, 0.9, 0.95)
    small = correct_misclassification(60, 200, (18, 20), (19, 20))
    large = correct_misclassification(60, 200, (90_000, 100_000), (95_000, 100_000))
    assert small.value == known.value
    assert small.upper - small.lower > 1.3 * (known.upper - known.lower)
    assert (large.lower, large.upper) == pytest.approx((known.lower, known.upper), abs=0.01)


def test_draws_are_the_same_for_one_seed():
    found = [correct_misclassification(60, 200, (18, 20), 0.95, seed=seed).lower for seed in (1, 1, 2)]
    assert found[0] == found[1] != found[2]


@pytest.mark.slow
@pytest.mark.parametrize("checked", [False, True])
def test_the_interval_covers_the_truth(checked):
    rng = np.random.default_rng(7)
    truth, sensitivity, specificity, n = 0.3, 0.85, 0.95, 300
    covered = 0
    for _ in range(500):
        x = rng.binomial(n, truth * sensitivity + (1 - truth) * (1 - specificity))
        rates = (
            [(rng.binomial(60, sensitivity), 60), (rng.binomial(60, specificity), 60)]
            if checked
            else [sensitivity, specificity]
        )
        found = correct_misclassification(x, n, *rates)
        covered += found.lower <= truth <= found.upper
    assert 0.92 <= covered / 500 <= 0.985  # 0.95 give or take three standard errors, a little more for discreteness
