from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.loss_hazard import logistic_loss, share_lost
from evaltools.estimate.loss_periods import loss_periods


def made(n=300, seed=1, **columns):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"days": rng.integers(1, 60, n), "status": rng.integers(0, 2, n), "age": rng.normal(40, 9, n)})
    times = EventTimes.from_frame(frame.assign(**columns), "days", "status")
    return times, loss_periods(times, times.cause == 0, 10.0)


def test_the_share_lost_by_group_and_period():
    times, periods = made()
    group = (times.data["age"] > 40).to_numpy().astype(int)
    found = share_lost(periods, group, 2)
    rows = periods.informative & (group[periods.person] == 1) & (periods.period == 2)
    assert np.unique(found[(group[periods.person] == 1) & (periods.period == 2)]).tolist() == [
        pytest.approx(periods.lost[rows].mean())
    ]


def test_the_pooled_logistic_model_is_that_of_statsmodels():
    times, periods = made()
    found = logistic_loss(periods, times.data, "age")
    t = (periods.period + 0.5) / len(periods.ends)
    x = np.column_stack([np.ones(len(t)), t, t**2, t**3, times.data["age"].to_numpy()[periods.person]])
    rows = periods.informative
    theirs = sm.GLM(periods.lost[rows].astype(float), x[rows], family=sm.families.Binomial()).fit(tol=1e-12)
    np.testing.assert_allclose(found, theirs.predict(x), rtol=1e-6)


def test_a_covariate_that_decides_loss_is_worded():
    times, periods = made()
    with pytest.raises(EstimateError, match="grows without limit"):
        logistic_loss(periods, times.data.assign(decides=times.cause), "decides")


def test_a_missing_covariate_is_not_dropped():
    times, periods = made()
    with pytest.raises(EstimateError, match="1 of 300 people lack a covariate"):
        logistic_loss(periods, times.data.assign(age=times.data["age"].where(times.data.index > 0)), "age")
