from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.conditional_survival import conditional_survival
from evaltools.estimate.kaplan_meier import kaplan_meier


@pytest.fixture
def ages():
    """Two hundred people seen from different ages; the two youngest die at once, one after the other, alone."""
    rng = np.random.default_rng(7)
    entry = rng.integers(20, 60, 200).astype(float)
    end = entry + rng.integers(1, 60, 200)
    frame = pd.DataFrame({"seen": [5.0, 7.0, *entry], "age": [6.0, 8.0, *end], "died": [1, 1, *rng.integers(0, 2, 200)]})
    return EventTimes.from_frame(frame, "age", "died", entry="seen")


def test_two_early_deaths_among_one_at_risk_do_not_decide_the_curve(ages):
    assert kaplan_meier(ages)["survival"].iloc[1] == 0
    curve = conditional_survival(ages)
    assert curve["start"].nunique() == 1
    assert curve["time"].min() > curve["start"].iloc[0] >= 8
    assert curve["at_risk"].iloc[0] >= 10
    assert curve["survival"].iloc[0] > 0.8


def test_it_is_the_ratio_of_survivals_and_agrees_with_lifelines(ages):
    curve = conditional_survival(ages, start=40)
    left = ages.duration > 40
    other = KaplanMeierFitter().fit(ages.duration[left], ages.cause[left], entry=np.maximum(ages.entry[left], 40))
    at = other.survival_function_.loc[curve["time"]].iloc[:, 0]
    assert_allclose(curve["survival"], at, rtol=1e-10, atol=1e-12)


def test_without_late_entry_it_is_kaplan_meier(make):
    times = make(range(1, 21), [1] * 20)
    assert_allclose(conditional_survival(times)["survival"], kaplan_meier(times)["survival"])


def test_a_start_too_early_names_one_that_will_do(ages):
    with pytest.raises(EstimateError, match="start later: start="):
        conditional_survival(ages, start=0)


def test_too_few_people_is_said(make):
    with pytest.raises(EstimateError, match="not estimable: fewer than 10 people are ever at risk in: all"):
        conditional_survival(make([3, 4], [1, 1], entry=[1, 1]))
