from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import LogLogisticAFTFitter, LogNormalAFTFitter, WeibullAFTFitter
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.aft import aft

RNG = np.random.default_rng(31)
N = 300
FRAME = pd.DataFrame({"x": RNG.normal(size=N), "z": RNG.integers(0, 2, N) * 1.0, "post": RNG.integers(0, 40, N)})
FRAME = FRAME.assign(days=np.ceil(20 * np.exp(0.3 * FRAME["x"]) * RNG.weibull(1.5, N)) + 1, status=RNG.integers(0, 2, N))
FRAME["start"] = np.where(RNG.random(N) < 0.4, np.floor(FRAME["days"] / 3), 0)


def take(frame=FRAME, **choices):
    return EventTimes.from_frame(frame, "days", "status", **choices)


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize(
    ("family", "fitter", "main"),
    [
        ("weibull", WeibullAFTFitter, "lambda_"),
        ("lognormal", LogNormalAFTFitter, "mu_"),
        ("loglogistic", LogLogisticAFTFitter, "alpha_"),
    ],
)
def test_is_that_of_lifelines(family, fitter, main, late):
    fit = aft(take(entry="start" if late else None), "x + z", family)
    theirs = fitter().fit(
        FRAME[["x", "z", "days", "status", *(["start"] if late else [])]],
        "days",
        "status",
        entry_col="start" if late else None,
    )
    assert fit.loglik >= theirs.log_likelihood_ - 1e-6
    assert_allclose(fit.loglik, theirs.log_likelihood_, rtol=1e-6)
    ours = fit.estimates.set_index("term")["estimate"]
    near = 2e-2 if family == "loglogistic" else 2e-3  # lifelines stops a little short of the maximum
    assert_allclose(ours[["x", "z", "Intercept"]], theirs.params_[main][["x", "z", "Intercept"]], rtol=near, atol=1e-4)


def test_exponential_is_events_over_time():
    fit = aft(take(FRAME.assign(z=np.arange(N) % 2)), "z", "exponential")
    rate = FRAME.assign(z=np.arange(N) % 2).groupby("z")[["days", "status"]].sum()
    assert_allclose(np.exp(fit.estimates["estimate"].cumsum()), rate["days"] / rate["status"], rtol=1e-8)
    assert fit.scale == 1
    assert fit.log_scale_se is None


@pytest.mark.parametrize("family", ["weibull", "exponential", "lognormal", "loglogistic"])
def test_rescaling_time_moves_the_intercept_only(family):
    one, other = aft(take(), "x", family), aft(take(FRAME.assign(days=7 * FRAME["days"])), "x", family)
    assert_allclose(other.estimates["estimate"] - one.estimates["estimate"], [np.log(7), 0], atol=1e-6)
    assert_allclose(other.loglik - one.loglik, -np.log(7) * one.events, rtol=1e-6)
    assert one.loglik > one.loglik_null


@pytest.mark.parametrize("family", ["weibull", "exponential", "lognormal", "loglogistic"])
def test_errors_by_cluster_are_near_those_of_the_model_when_it_holds(family):
    table = aft(take(FRAME.assign(row=range(N)), entry="start"), "x", family, cluster="row").estimates
    assert_allclose(table["robust_se"], table["se"], rtol=0.5)


def test_survival_falls_and_starts_near_one():
    found = aft(take(), "x").survival(pd.DataFrame({"x": [0.0, 1.0]}), [0.01, 10, 40])
    assert found.groupby("row")["survival"].agg(lambda curve: curve.is_monotonic_decreasing).all()
    assert (found.query("time < 1")["survival"] > 0.999).all()


@pytest.mark.parametrize("family", ["weibull", "lognormal", "loglogistic"])
def test_separation_is_said_in_words(family):
    with pytest.raises(EstimateError, match="'won' separates"):
        aft(take(FRAME.assign(won=FRAME["status"])), "won", family)


def test_everybody_on_one_day_and_unknown_families_are_refused():
    with pytest.raises(EstimateError, match="not estimable"):
        aft(take(FRAME.assign(days=30)), "x")
    with pytest.raises(EstimateError, match="weibull, exponential"):
        aft(take(), "x", "gompertz")
