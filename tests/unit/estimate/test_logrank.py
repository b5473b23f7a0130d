from __future__ import annotations

import greenwood
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.statistics import multivariate_logrank_test
from numpy.testing import assert_allclose
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.duration.survfunc import survdiff

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.logrank import logrank, logrank_table, logrank_trend
from evaltools.estimate.score_test import APART as REASON

APART = f"not estimable: {REASON}"


@pytest.fixture
def punctual(many):
    """The three hundred, none of them late."""
    people = many.data.assign(wave=np.arange(len(many)) % 4)
    return EventTimes.from_frame(people, "days", "status", many.causes)


@pytest.mark.parametrize("strata", [None, "wave"])
def test_agrees_with_statsmodels(punctual, strata):
    ours = logrank(punctual, "site", strata=strata)
    within = None if strata is None else punctual.data[strata].to_numpy()
    other = survdiff(punctual.duration, (punctual.cause > 0).astype(int), punctual.data["site"].to_numpy(), strata=within)
    assert_allclose([ours.statistic, ours.p], other, rtol=1e-10)
    assert (ours.df, ours.n, ours.groups) == (2, 300, 3)


@pytest.mark.parametrize("rho", [0, 0.5, 1])
def test_agrees_with_lifelines(punctual, rho):
    weights = {"weightings": "fleming-harrington", "p": rho, "q": 0} if rho else {}
    other = multivariate_logrank_test(punctual.duration, punctual.data["site"], punctual.cause > 0, **weights)
    assert_allclose(logrank(punctual, "site", rho=rho).statistic, other.test_statistic, rtol=1e-10)


def test_late_entry_agrees_with_greenwood(many):
    surv = greenwood.Surv(many.entry, many.duration, (many.cause > 0).astype(int))
    other = greenwood.logrank_test(surv, many.data["site"].to_numpy())
    assert_allclose(logrank(many, "site").statistic, other.statistic, rtol=1e-10)


def test_strata_of_the_event_times_are_used_unless_others_are_named(punctual):
    within = EventTimes.from_frame(punctual.data, "days", "status", punctual.causes, strata="wave")
    assert logrank(within, "site") == logrank(punctual, "site", strata=["wave"])
    assert logrank(within, "site").method == "log-rank, stratified by wave"


def test_one_cause_is_the_others_censored(punctual):
    alone = punctual.data.assign(status=(punctual.data["status"] == 1).astype(int))
    other = logrank(EventTimes.from_frame(alone, "days", "status"), "site")
    assert_allclose(logrank(punctual, "site", cause="job").statistic, other.statistic)


@given(data=st.data())
def test_neither_the_order_of_people_nor_the_unit_of_time_nor_the_names_matter(data, some_people):
    times = data.draw(some_people())
    frame = times.data.assign(site=np.arange(len(times)) % 3)
    order = np.random.default_rng(1).permutation(len(frame))
    other = frame.iloc[order].assign(days=frame["days"] * 7, site=frame["site"].map({0: "z", 1: "y", 2: "x"}))
    one, two = (logrank(EventTimes.from_frame(each, "days", "status", times.causes), "site") for each in (frame, other))
    assert (one.statistic is None) == (two.statistic is None)
    assert one.df == two.df
    if one.statistic is not None:
        assert_allclose([one.statistic, one.p], [two.statistic, two.p], atol=1e-8)


@pytest.mark.parametrize("seed", range(3))
def test_trend_without_ties_is_the_score_test_of_a_cox_model(punctual, seed):
    """greenwood 0.8 leaves the covariances between groups out of its variance, so that it is no second engine here."""
    place = punctual.data["site"].map({"a": 0.0, "b": 1.0, "c": 2.5})
    untied = punctual.data.assign(days=np.random.default_rng(seed).permutation(300) + 1.0, place=place)
    times = EventTimes.from_frame(untied, "days", "status", punctual.causes)
    model = PHReg(untied["days"], untied[["place"]], status=(times.cause > 0).astype(int))
    score, information = model.score(np.zeros(1))[0], -model.hessian(np.zeros(1))[0, 0]
    assert_allclose(logrank_trend(times, "place").statistic, score**2 / information, rtol=1e-8)
    named = logrank_trend(times, "site", scores={"a": 3, "b": 4, "c": 5.5})
    assert_allclose(named.statistic, score**2 / information, rtol=1e-8)
    assert (named.df, named.groups, named.method) == (1, 3, "log-rank for trend")


def test_trend_of_two_groups_is_the_logrank_test(make):
    times = make([1, 2, 3, 4, 5], [1, 1, 0, 1, 1], need=[1, 2, 1, 2, 2])
    assert_allclose(logrank_trend(times, "need").statistic, logrank(times, "need").statistic)


def test_trend_without_numbers_is_refused(punctual):
    with pytest.raises(EstimateError, match="a number for each group"):
        logrank_trend(punctual, "site")


def test_table(punctual):
    table = logrank_table(punctual, "site")
    assert table["n"].sum() == 300
    assert_allclose(table["observed"].sum(), table["expected"].sum())


@pytest.mark.parametrize(
    ("days", "status", "site", "reason"),
    [
        ([1, 2, 3], [0, 0, 0], ["a", "b", "a"], "not estimable: no events"),
        ([1, 2, 3], [1, 0, 1], ["a", "a", "a"], "not estimable: fewer than two groups to compare"),
        ([], [], [], "not estimable: fewer than two groups to compare"),
        (
            [5, 5, 5],
            [1, 1, 1],
            ["a", "b", "a"],
            APART,
        ),
        ([1, 5], [1, 1], ["a", "b"], ""),
        (
            [1, 5, 6],
            [0, 1, 1],
            ["a", "b", "b"],
            APART,
        ),
        ([1, 5, 6], [1, 1, 0], [None, "b", "b"], ""),
    ],
)
def test_what_cannot_be_compared_is_said(make, days, status, site, reason):
    frame = pd.DataFrame({"days": days, "status": status, "site": site})
    result = logrank(EventTimes.from_frame(frame, "days", "status"), "site")
    assert result.reason == reason
    assert (result.statistic is None) == bool(reason)
    same_score = EventTimes.from_frame(frame, "days", "status")
    trend = logrank_trend(same_score, "site", scores={"a": 1, "b": 2, "(missing)": 3})
    assert (trend.statistic is None) == bool(reason)
    assert bool(trend.reason) == bool(reason)
