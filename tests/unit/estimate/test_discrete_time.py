from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox
from evaltools.estimate.discrete_time import discrete_time

RNG = np.random.default_rng(42)
N = 2000
FRAME = pd.DataFrame({"x": RNG.integers(0, 2, N), "post": RNG.integers(0, 50, N)})
FRAME["days"] = np.minimum(np.ceil(RNG.exponential(60 * np.exp(-0.7 * FRAME["x"]))), 140)
FRAME["status"] = (FRAME["days"] < 140) * 1
TIMES = EventTimes.from_frame(FRAME, "days", "status")


def test_cloglog_is_the_log_hazard_ratio():
    fit = discrete_time(TIMES, "x", width=14)
    assert_allclose(fit.estimates["estimate"].iloc[-1], cox(TIMES, "x").coefficients[0], rtol=0.03)
    assert fit.events == FRAME["status"].sum()


def test_each_period_has_its_own_hazard_unless_the_formula_says_so():
    own = discrete_time(TIMES, "x", width=28)
    smooth = discrete_time(TIMES, "x + log(period)", width=28)
    assert own.estimates["term"].tolist() == ["Intercept", *(f"C(period)[T.{place}]" for place in range(2, 6)), "x"]
    assert smooth.estimates["term"].tolist() == ["Intercept", "x", "log(period)"]
    assert own.loglik >= smooth.loglik


def test_one_period_is_a_share():
    fit = discrete_time(EventTimes.from_frame(FRAME.assign(days=1), "days", "status"), "x", "logit", cluster="post")
    share = FRAME.groupby("x")["status"].mean()
    assert_allclose(fit.estimates["estimate"].cumsum(), np.log(share / (1 - share)), rtol=1e-6)
    assert "sandwich errors by post" in fit.method


def test_people_without_a_whole_period_are_counted():
    short = EventTimes.from_frame(
        FRAME.assign(status=np.where(FRAME.index < 5, 0, 1), days=np.where(FRAME.index < 5, 3, FRAME["days"])),
        "days",
        "status",
    )
    fit = discrete_time(short, "x", width=14)
    assert fit.n == N - 5
    assert "5 people were not observed" in fit.note


def test_refuses_in_words():
    with pytest.raises(EstimateError, match="cloglog, logit"):
        discrete_time(TIMES, "x", "probit")
    rare = EventTimes.from_frame(FRAME.assign(status=(FRAME["days"] < 10) * 1), "days", "status")
    with pytest.raises(EstimateError, match=r"no event in period .* \.\.\."):
        discrete_time(rare, "x")
