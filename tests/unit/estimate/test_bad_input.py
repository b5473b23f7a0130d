"""Every estimate of times on input with little or nothing to say: words, never a warning, infinity or lost person."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.domain.significance import TestResult
from evaltools.errors import EstimateError
from evaltools.estimate.aft import aft
from evaltools.estimate.conditional_survival import conditional_survival
from evaltools.estimate.cox import cox
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.design import design
from evaltools.estimate.discrete_time import discrete_time
from evaltools.estimate.event_table import event_table, number_at_risk
from evaltools.estimate.fine_gray import fine_gray
from evaltools.estimate.gray import gray
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.logrank import logrank, logrank_table, logrank_trend
from evaltools.estimate.median_time import median_time
from evaltools.estimate.nelson_aalen import nelson_aalen
from evaltools.estimate.piecewise_exponential import piecewise_exponential
from evaltools.estimate.restricted_mean import restricted_mean
from evaltools.estimate.reverse_kaplan_meier import median_follow_up, reverse_kaplan_meier
from evaltools.estimate.royston_parmar import royston_parmar

CURVES = [
    event_table,
    kaplan_meier,
    cumulative_incidence,
    lambda times, by: cumulative_incidence(times, by, variance="aalen"),
    nelson_aalen,
    reverse_kaplan_meier,
    lambda times, by: number_at_risk(times, [0, 3, 400], by),
]
SUMMARIES = [
    median_time,
    median_follow_up,
    lambda times, by: restricted_mean(times, 5, by),
    lambda times, by: restricted_mean(times, 5, by, cause="job"),
    lambda times, by: median_time(times, by, cause="left"),
]
TESTS = [
    logrank,
    lambda times, by: logrank(times, by, rho=1),
    lambda times, by: logrank(times, by, strata=by),
    lambda times, by: logrank_trend(times, by, {"a": 1, "b": 2, "c": 3, "(missing)": 4}),
    lambda times, by: gray(times, by, "job"),
    lambda times, by: gray(times, by, "left", strata=by),
]
LITTLE = {  # days, status, site
    "no events": ([3, 4, 9, 9], [0, 0, 0, 0], ["a", "b", "a", "b"]),
    "only the other cause": ([3, 4, 9, 9], [2, 2, 0, 2], ["a", "b", "a", "b"]),
    "everybody on one day": ([5, 5, 5, 5], [1, 2, 1, 0], ["a", "b", "a", "b"]),
    "everybody on day 0": ([0, 0, 0], [1, 2, 0], ["a", "b", "a"]),
    "everybody has the event on one day": ([5, 5, 5], [1, 1, 1], ["a", "b", "a"]),
    "one group": ([3, 4, 9], [1, 2, 0], ["a", "a", "a"]),
    "a group of one person": ([3, 4, 9], [1, 1, 0], ["a", "a", "b"]),
    "a group of one person with the last event": ([3, 4, 9], [1, 0, 1], ["a", "a", "b"]),
    "missing labels": ([3, 4, 9, 9], [1, 2, 0, 1], ["a", None, None, "b"]),
    "one person": ([3], [1], ["a"]),
    "one person without event": ([3], [0], ["a"]),
    "nobody": ([], [], []),
}


@pytest.fixture(params=LITTLE)
def little(request):
    days, status, site = LITTLE[request.param]
    frame = pd.DataFrame({"days": days, "status": status, "site": pd.Series(site, dtype=object)})
    return EventTimes.from_frame(frame, "days", "status", {1: "job", 2: "left"})


@pytest.mark.parametrize("by", [None, "site"])
@pytest.mark.parametrize("curve", CURVES)
def test_curves_are_probabilities_and_lose_nobody(little, curve, by):
    frame = curve(little, by)
    values = frame.select_dtypes("number").to_numpy(dtype=float)
    assert not np.isinf(values).any()
    for column in {"survival", "incidence", "hazard", "at_risk", "se"} & set(frame):
        assert (frame[column].dropna() >= 0).all()
    if "survival" in frame or "incidence" in frame:
        assert frame[[name for name in ("survival", "incidence") if name in frame]].le(1 + 1e-12).all(axis=None)
    groups = set(little.groups(by))
    assert set(frame["group"]) == groups
    if "at_risk" in frame and "time" in frame and len(little):
        first = frame.drop_duplicates("group").set_index("group")["at_risk"]
        assert first.to_dict() == little.groups(by).value_counts().to_dict()


@pytest.mark.parametrize("by", [None, "site"])
@pytest.mark.parametrize("summary", SUMMARIES)
def test_what_is_missing_says_why(little, summary, by):
    frame = summary(little, by)
    assert not np.isinf(frame.select_dtypes("number").to_numpy(dtype=float)).any()
    assert frame.loc[frame["value"].isna(), "note"].ne("").all()
    assert set(little.groups(by)) <= set(frame["group"])


@pytest.mark.parametrize("test", TESTS)
def test_tests_give_numbers_or_the_reason(little, test):
    result = test(little, "site")
    assert isinstance(result, TestResult)
    assert result.n == len(little)
    if result.statistic is None:
        assert result.reason.startswith("not estimable: ")
        assert result.p is None
    else:
        assert result.reason == ""
        assert np.isfinite([result.statistic, result.df, result.p]).all()


def test_observed_and_expected_always_come_as_numbers(little):
    assert np.isfinite(logrank_table(little, "site")[["n", "observed", "expected"]].to_numpy(dtype=float)).all()


def test_too_few_at_risk_for_a_conditional_curve_is_an_error_in_words(little):
    if len(little):
        with pytest.raises(EstimateError, match="not estimable: fewer than 10 people"):
            conditional_survival(little)


ONE_DAY = pd.DataFrame({"days": 5, "status": 1, "x": np.sin(range(20)), "site": [*"ab"] * 10})


@pytest.mark.parametrize("day", [5, 0])
def test_models_say_that_everybody_has_the_event_on_one_day(day):
    times = EventTimes.from_frame(ONE_DAY.assign(days=day), "days", "status", {1: "job", 2: "left"})
    with pytest.raises(EstimateError, match="everybody at risk has the event on the same day"):
        fine_gray(times, "x", "job")
    with pytest.raises(EstimateError, match="all times are equal"):
        aft(times, "x")
    with pytest.raises(EstimateError, match="not estimable: the errors are 0"):
        cox(times, "x", robust=True)
    assert np.isfinite(aft(times, "x", "exponential").estimates["p"]).all()


def test_reasons_are_true_when_everybody_has_the_event_on_one_day():
    times = EventTimes.from_frame(ONE_DAY, "days", "status", {1: "job", 2: "left"})
    notes = restricted_mean(times, 10, by="site")["note"]
    assert notes[0] == "no spread, as all have the event together: no interval"
    assert restricted_mean(times, 4, by="site")["note"][0] == "no events before the horizon: no interval"
    for found in (logrank(times, "site"), gray(times, "site", "job")):
        assert found.reason == "not estimable: no two groups were ever at risk together when some people had an event " + (
            "and others had not"
        )


@pytest.mark.parametrize("rho", [np.nan, np.inf, -1.0])
def test_a_power_that_is_none_is_refused(rho):
    times = EventTimes.from_frame(ONE_DAY, "days", "status", {1: "job"})
    for test in (lambda: logrank(times, "site", rho=rho), lambda: gray(times, "site", "job", rho=rho)):
        with pytest.raises(EstimateError, match="is not a power for weights"):
            test()


WITHIN = {"strata": "site"}
AMONG = {"cluster": "site"}


@pytest.mark.parametrize(
    ("how", "call"),
    [
        (WITHIN, lambda times: fine_gray(times, "x", "job")),
        (WITHIN, lambda times: aft(times, "x")),
        (WITHIN, lambda times: royston_parmar(times, "x", df=1)),
        (WITHIN, lambda times: piecewise_exponential(times, "x", [0, 2])),
        (WITHIN, lambda times: discrete_time(times, "x")),
        (AMONG, lambda times: royston_parmar(times, "x", df=1)),
        (AMONG, lambda times: logrank(times, "x")),
        (AMONG, lambda times: gray(times, "x", "job")),
    ],
)
def test_strata_and_clusters_are_never_dropped_silently(how, call):
    times = EventTimes.from_frame(ONE_DAY, "days", "status", {1: "job"}, **how)
    with pytest.raises(EstimateError, match=r"strata|cluster|independent"):
        call(times)


def test_columns_of_one_name_are_refused_by_models():
    twice = pd.concat([ONE_DAY, ONE_DAY["x"]], axis=1)
    with pytest.raises(EstimateError, match="more than one column called 'x'"):
        design(twice, "x")
