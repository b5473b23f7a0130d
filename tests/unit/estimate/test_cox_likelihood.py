from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import approx_fprime
from statsmodels.duration.hazard_regression import PHReg

from evaltools.estimate.cox_likelihood import evaluate, log_likelihood
from evaltools.estimate.event_days import event_days
from evaltools.estimate.risk_sets import RowRiskSets

RNG = np.random.default_rng(13)
N = 90
X = RNG.normal(size=(N, 3))
DURATION = RNG.integers(1, 15, N).astype(float)
ENTRY = np.where(RNG.random(N) < 0.4, np.floor(DURATION / 3) + 0.5, 0)
EVENT = RNG.random(N) < 0.7
STRATUM = RNG.integers(0, 2, N)
BETA = np.array([0.3, -0.2, 0.1])


def sets(weight=None):
    return RowRiskSets(X, weight, EVENT, event_days(DURATION, EVENT, ENTRY, STRATUM))


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_is_that_of_statsmodels(ties):
    theirs = PHReg(DURATION, X, status=EVENT, entry=ENTRY, strata=STRATUM, ties=ties)
    ours = evaluate(sets(), BETA, ties)
    assert_allclose(ours.loglik, theirs.loglike(BETA), rtol=1e-10)
    assert_allclose(ours.gradient, theirs.score(BETA), rtol=1e-8)
    assert_allclose(ours.information, -theirs.hessian(BETA), rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("weight", [None, RNG.random(N) + 0.5])
def test_gradient_and_information_are_the_derivatives(ties, weight):
    data = sets(weight)
    here = evaluate(data, BETA, ties)
    assert_allclose(here.gradient, approx_fprime(BETA, lambda b: log_likelihood(data, b, ties), 1e-7), rtol=1e-4, atol=1e-4)
    turned = approx_fprime(BETA, lambda b: evaluate(data, b, ties).gradient, 1e-6)
    assert_allclose(here.information, -turned, rtol=1e-4, atol=1e-4)


def test_weights_at_event_times_add_up():
    data = sets()
    at = RNG.random(len(data.days.time))
    parts = [evaluate(data, BETA, "efron", each) for each in (at, 1 - at)]
    whole = evaluate(data, BETA, "efron")
    assert_allclose(parts[0].gradient + parts[1].gradient, whole.gradient, atol=1e-10)
    assert_allclose(parts[0].information + parts[1].information, whole.information, atol=1e-10)


def test_a_point_out_of_reach_is_minus_infinity_without_a_warning():
    assert evaluate(sets(), np.full(3, 1e4), "efron").loglik == -np.inf
