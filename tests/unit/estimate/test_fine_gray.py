from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from comprisk import FineGrayRegression
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox
from evaltools.estimate.fine_gray import fine_gray

RNG = np.random.default_rng(23)
N = 400
FRAME = pd.DataFrame({"x": RNG.normal(size=N), "z": RNG.integers(0, 2, N) * 1.0, "post": RNG.integers(0, 40, N)})
FRAME = FRAME.assign(days=RNG.integers(1, 60, N), status=RNG.integers(0, 3, N))


def take(frame=FRAME, **choices):
    return EventTimes.from_frame(frame, "days", "status", {1: "job", 2: "left"}, **choices)


def test_is_that_of_comprisk():
    fit = fine_gray(take(), "x + z", cause="job")
    theirs = FineGrayRegression(cause=1).fit(FRAME[["x", "z"]].to_numpy(), time=FRAME["days"], event=FRAME["status"])
    assert_allclose(fit.coefficients, theirs.coef_, rtol=1e-5)


def test_without_competing_events_it_is_cox():
    alone = take(FRAME.assign(status=FRAME["status"] % 2))
    one, other = fine_gray(alone, "x + z", cause="job"), cox(alone, "x + z", ties="breslow", robust=True)
    assert_allclose(one.coefficients, other.coefficients, rtol=1e-7)
    assert_allclose(one.estimates["se"], other.estimates["robust_se"], rtol=1e-6)
    assert_allclose(one.loglik, other.loglik, rtol=1e-10)


def test_without_censoring_competing_events_stay_to_the_end():
    full = FRAME.assign(status=FRAME["status"].clip(lower=1))
    stay = full.assign(days=np.where(full["status"] == 2, 1000, full["days"]), status=full["status"] % 2)
    one, other = fine_gray(take(full), "x", cause="job"), cox(take(stay), "x", ties="breslow")
    assert_allclose(one.coefficients, other.coefficients, rtol=1e-8)


def test_errors_cover_the_truth_as_a_bootstrap_does():
    rng = np.random.default_rng(1)
    draws = [
        fine_gray(take(FRAME.sample(N, replace=True, random_state=rng)), "x", cause="job").coefficients[0]
        for _ in range(200)
    ]
    se = fine_gray(take(), "x", cause="job").estimates["se"].iloc[0]
    assert_allclose(np.std(draws), se, rtol=0.15)


def test_by_cluster():
    fit = fine_gray(take(FRAME.assign(row=range(N))), "x", cause="job", cluster="row")
    assert_allclose(fit.estimates["se"], fit.estimates["robust_se"])
    assert fine_gray(take(), "x", cause="job", cluster="post").clusters == 40


def test_survival_is_one_minus_an_incidence():
    fit = fine_gray(take(), "x", cause="job")
    found = fit.survival(pd.DataFrame({"x": [0.0, 2.0]}), [10, 50])
    assert found["survival"].between(0, 1).all()


@pytest.mark.parametrize(
    ("frame", "choices", "cause", "words"),
    [
        (FRAME.assign(start=FRAME["days"] - 1), {"entry": "start"}, "job", "late entry"),
        (FRAME.assign(weight=2.0), {"weights": "weight"}, "job", "weights"),
        (FRAME, {}, "jbo", "did you mean 'job'"),
        (FRAME.assign(status=2), {}, "job", "nobody among 400"),
        (FRAME.assign(x=FRAME["x"].where(FRAME["status"] != 1)), {}, "job", "nobody of the"),
    ],
)
def test_refuses_in_words(frame, choices, cause, words):
    with pytest.raises(EstimateError, match=words):
        fine_gray(take(frame, **choices), "x", cause=cause)
