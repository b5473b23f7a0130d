from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.cox_model import climb, cox_model, events_of
from evaltools.estimate.design import design
from evaltools.estimate.risk_sets import PatternRiskSets, RowRiskSets


def crowd(n, seed=3):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"arm": rng.integers(0, 2, n), "site": rng.choice(list("abc"), n), "age": rng.normal(40, 9, n)})
    frame["days"] = np.ceil(rng.exponential(20 * np.exp(0.3 * frame["arm"] - 0.02 * (frame["age"] - 40))))
    return EventTimes.from_frame(frame.assign(status=rng.integers(0, 3, n)), "days", "status", {1: "job", 2: "left"})


def model(times, formula, collapse, strata=()):
    return cox_model(times, design(times.data, formula, collapse), events_of(times, "job"), strata)


@pytest.mark.parametrize("strata", [(), ("site",)])
def test_patterns_and_rows_have_the_same_answer(strata):
    times = crowd(4000)
    few, rows = (model(times, "C(arm)" if strata else "arm + C(site)", collapse, strata) for collapse in (True, False))
    assert isinstance(few.sets, PatternRiskSets)
    assert isinstance(rows.sets, RowRiskSets)
    one, other = climb(few), climb(rows)
    assert_allclose(one.point, other.point, rtol=1e-8)
    assert_allclose(one.covariance, other.covariance, rtol=1e-8)
    assert_allclose([one.loglik, few.loglik_null], [other.loglik, rows.loglik_null], rtol=1e-12)


def test_a_start_from_a_sample_changes_nothing(monkeypatch):
    times = crowd(3000)
    cold = climb(model(times, "age + arm", False, ("site",)))
    monkeypatch.setattr("evaltools.estimate.cox_model._LARGE", 1000)
    warm = climb(model(times, "age + arm", False, ("site",)))
    assert_allclose(warm.point, cold.point, rtol=1e-7)
    assert_allclose(warm.covariance, cold.covariance, rtol=1e-5)


def test_only_the_rows_with_covariates_are_kept():
    times = crowd(50)
    lacking = EventTimes.from_frame(
        times.data.assign(age=times.data["age"].where(times.data.index > 9)), "days", "status", times.causes
    )
    kept = model(lacking, "age", False)
    assert_allclose(kept.duration, times.duration[10:])


def test_strata_are_labelled_missing_ones_included():
    times = crowd(60)
    data = times.data.assign(site=times.data["site"].where(times.data.index > 5))
    made = model(EventTimes.from_frame(data, "days", "status", times.causes), "age", False, ("site",))
    assert made.strata == ("a", "b", "c", "(missing)")


def test_events_of_a_cause():
    times = crowd(50)
    assert (events_of(times, None) == (times.cause > 0)).all()
    assert (events_of(times, "left") == (times.cause == 2)).all()
    with pytest.raises(EstimateError, match="did you mean 'job'"):
        events_of(times, "jbo")
    nobody = EventTimes.from_frame(times.data.assign(status=0), "days", "status")
    with pytest.raises(EstimateError, match="not estimable: nobody among 50"):
        events_of(nobody, None)
