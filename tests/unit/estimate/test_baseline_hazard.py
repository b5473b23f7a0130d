from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.baseline_hazard import hazard_steps
from evaltools.estimate.cox import cox

RNG = np.random.default_rng(21)
N = 200
FRAME = pd.DataFrame({"age": RNG.normal(40, 9, N), "site": RNG.choice(["a", "b"], N), "days": RNG.integers(2, 30, N)})
FRAME = FRAME.assign(status=RNG.integers(0, 2, N), start=np.where(RNG.random(N) < 0.5, np.floor(FRAME["days"] / 2), 0))


def take(entry=None):
    return EventTimes.from_frame(FRAME, "days", "status", entry=entry)


def test_breslow_without_late_entry_is_that_of_lifelines():
    fit = cox(take(), "age")
    theirs = CoxPHFitter().fit(FRAME[["age", "days", "status"]], "days", "status")
    ours = fit.baseline("breslow")
    at_mean = ours["cumulative_hazard"] * np.exp(FRAME["age"].mean() * fit.coefficients[0])
    assert_allclose(at_mean, theirs.baseline_cumulative_hazard_.loc[ours["time"]].iloc[:, 0], rtol=1e-5)


def test_late_entry_is_respected():
    """By the definition: events over the relative risks of those at risk."""
    fit = cox(take("start"), "age", ties="breslow")
    ours = fit.baseline()
    risk = np.exp(FRAME["age"] * fit.coefficients[0])
    for row in ours.itertuples():
        here = (FRAME["days"] >= row.time) & ((FRAME["start"] < row.time) | (FRAME["start"] == 0))
        assert row.at_risk == here.sum()
        assert_allclose(row.hazard, row.events / risk[here].sum(), rtol=1e-8)


def test_each_stratum_has_its_own_and_adds_up_its_own():
    fit = cox(take(), "age", strata="site")
    ours = fit.baseline()
    assert ours["stratum"].unique().tolist() == ["a", "b"]
    assert_allclose(ours.groupby("stratum")["hazard"].cumsum(), ours["cumulative_hazard"])
    assert ours["events"].sum() == fit.events


def test_survival_follows_from_the_baseline():
    fit = cox(take(), "age + C(site)", ties="breslow")
    newdata = pd.DataFrame({"age": [30.0, 60.0], "site": ["a", "b"]})
    days = [0.5, 10, 15]
    found = fit.survival(newdata, days)
    base = fit.baseline()
    total = [base.loc[base["time"] <= day, "hazard"].sum() for day in days]
    factor = np.exp(newdata["age"] * fit.coefficients[0] + np.array([0, fit.coefficients[1]]))
    assert_allclose(found["survival"], np.exp(-np.outer(factor, total)).ravel(), rtol=1e-8)
    assert found["row"].tolist() == [0, 0, 0, 1, 1, 1]
    assert (found.query("time > 1")["lower"] < found.query("time > 1")["survival"]).all()
    time, steps = hazard_steps(fit, newdata)[1]
    assert_allclose(steps[time <= 10].sum(), factor[1] * total[1], rtol=1e-8)


def test_without_effect_the_error_is_that_of_nelson_and_aalen():
    frame = FRAME.assign(age=np.tile([1.0, -1.0], N // 2), days=np.repeat(np.arange(N // 2) + 1, 2), status=1)
    fit = cox(EventTimes.from_frame(frame, "days", "status"), "age", ties="breslow")
    assert_allclose(fit.coefficients, 0, atol=1e-10)
    last = fit.survival(pd.DataFrame({"age": [0.0]}), [50]).iloc[0]
    variance = sum(2 / (N - 2 * place) ** 2 for place in range(50))
    assert_allclose(last["se"], last["survival"] * np.sqrt(variance), rtol=1e-6)


def test_after_the_last_day_nothing_is_known():
    assert cox(take(), "age").survival(pd.DataFrame({"age": [40.0]}), [1000])["survival"].isna().all()


@pytest.mark.parametrize(
    ("newdata", "words"),
    [
        ({"age": [40.0]}, "'site', which makes the strata"),
        ({"age": [40.0], "site": ["c"]}, "belongs to a stratum"),
        ({"site": ["a"]}, "no column 'age'"),
    ],
)
def test_people_that_do_not_fit_are_refused(newdata, words):
    with pytest.raises(EstimateError, match=words):
        cox(take(), "age", strata="site").survival(pd.DataFrame(newdata))
