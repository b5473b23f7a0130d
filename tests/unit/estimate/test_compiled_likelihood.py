from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate import compiled_likelihood
from evaltools.estimate.compiled_likelihood import evaluate_compiled, null_compiled, worth_compiling
from evaltools.estimate.cox_likelihood import evaluate, log_likelihood
from evaltools.estimate.event_days import event_days
from evaltools.estimate.risk_sets import RowRiskSets

RNG = np.random.default_rng(17)
N = 3000
X = RNG.normal(size=(N, 4))
DURATION, EVENT = RNG.integers(1, 60, N).astype(float), RNG.random(N) < 0.6
BETA = np.array([0.3, -0.2, 0.1, 0.0])


def sets(weight=None, entry=None, strata=1):
    late = np.zeros(N) if entry is None else entry
    return RowRiskSets(X, weight, EVENT, event_days(DURATION, EVENT, late, RNG.integers(0, strata, N)))


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("weight", [None, RNG.random(N) + 0.5])
@pytest.mark.parametrize("strata", [1, 3])
def test_is_the_plain_one(ties, weight, strata):
    data = sets(weight, strata=strata)
    one, other = evaluate_compiled(data, BETA, ties), evaluate(data, BETA, ties)
    assert_allclose(one.loglik, other.loglik, rtol=1e-12)
    assert_allclose(null_compiled(data, ties), log_likelihood(data, np.zeros(4), ties), rtol=1e-12)
    assert_allclose(one.gradient, other.gradient, rtol=1e-10, atol=1e-9)
    assert_allclose(one.information, other.information, rtol=1e-10, atol=1e-9)


def test_a_point_out_of_reach_is_minus_infinity():
    assert evaluate_compiled(sets(), np.full(4, 1e4), "efron").loglik == -np.inf


def test_is_used_for_many_rows_and_few_event_times_only(monkeypatch):
    assert not worth_compiling(sets())
    monkeypatch.setattr(compiled_likelihood, "_LARGE", 1000)
    assert worth_compiling(sets())
    assert not worth_compiling(sets(entry=DURATION / 2))
    assert not worth_compiling(sets(strata=20))
    monkeypatch.setattr(compiled_likelihood, "find_spec", lambda name: None)
    assert not worth_compiling(sets())
