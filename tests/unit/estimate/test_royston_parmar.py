from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.aft import aft
from evaltools.estimate.cox import cox
from evaltools.estimate.royston_parmar import royston_parmar

RNG = np.random.default_rng(32)
N = 400
FRAME = pd.DataFrame({"x": RNG.normal(size=N)})
FRAME = FRAME.assign(
    days=np.ceil(30 * np.exp(-0.4 * FRAME["x"]) * RNG.weibull(0.8, N)) + 1, status=(RNG.random(N) < 0.7) * 1
)
FRAME["start"] = np.where(RNG.random(N) < 0.4, np.floor(FRAME["days"] / 3), 0)


def take(entry=None):
    return EventTimes.from_frame(FRAME, "days", "status", entry=entry)


@pytest.mark.parametrize("late", [None, "start"])
def test_one_degree_of_freedom_is_weibull(late):
    one, weibull = royston_parmar(take(late), "x", df=1), aft(take(late), "x")
    assert_allclose(one.loglik, weibull.loglik, rtol=1e-9)
    assert_allclose(one.estimates["estimate"].iloc[-1], -weibull.estimates["estimate"].iloc[-1] / weibull.scale, rtol=1e-5)
    newdata = pd.DataFrame({"x": [0.0, 1.0]})
    assert_allclose(one.survival(newdata, [5, 20])["survival"], weibull.survival(newdata, [5, 20])["survival"], rtol=1e-6)


def test_is_that_of_lifelines_with_its_knots():
    """Two baseline knots there are three places here; lifelines stops a little short of the maximum."""
    days = FRAME.loc[FRAME["status"] == 1, "days"]
    fit = royston_parmar(take(), "x", knots=np.log(np.quantile(days, np.linspace(0.05, 0.95, 3))))
    theirs = CoxPHFitter(baseline_estimation_method="spline", n_baseline_knots=2)
    theirs.fit(FRAME[["x", "days", "status"]], "days", "status")
    assert fit.loglik >= theirs.log_likelihood_
    assert_allclose(fit.loglik, theirs.log_likelihood_, rtol=1e-4)
    assert_allclose(fit.estimates["estimate"].iloc[-1], theirs.params_["beta_"]["x"], rtol=0.01)


@pytest.mark.parametrize("late", [None, "start"])
def test_hazard_ratio_is_near_that_of_cox_and_more_freedom_fits_better(late):
    fits = [royston_parmar(take(late), "x", df=df) for df in (1, 2, 3)]
    assert fits[0].loglik <= fits[1].loglik + 1e-6
    assert_allclose(fits[2].estimates["estimate"].iloc[-1], cox(take(late), "x").coefficients[0], rtol=0.05)
    assert fits[2].loglik >= fits[2].loglik_weibull - 1e-6


def test_refuses_in_words():
    with pytest.raises(EstimateError, match="give 1 to 5"):
        royston_parmar(take(), "x", df=9)
    same = EventTimes.from_frame(FRAME.assign(days=np.where(FRAME["status"] == 1, 5, 9)), "days", "status")
    with pytest.raises(EstimateError, match="not estimable"):
        royston_parmar(same, "x", df=2)
