"""Progression or death of 1384 people with a gammopathy (survival::mgus2): many ties between causes; age as the clock."""

from __future__ import annotations

import pytest
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.event_table import number_at_risk
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.restricted_mean import restricted_mean


@pytest.fixture
def r(expected):
    return expected("mgus2_nonparametric")


@pytest.fixture
def progression(mgus2):
    return EventTimes.from_frame(mgus2, "months", "first", causes={1: "pcm", 2: "death"})


def test_counts(progression, r):
    counts = [int((progression.cause == code).sum()) for code in (0, 1, 2)]
    assert counts == [r["counts"][name] for name in ("cens", "pcm", "death")]


def test_cumulative_incidence_is_that_of_survfit(progression, r, check):
    check.incidence(progression, r["aj"])


def test_cumulative_incidence_is_that_of_cmprsk(progression, r, check):
    check.cmprsk(progression, r["cuminc"])


def test_groups_and_gray_test_are_those_of_cmprsk(progression, r, check):
    check.cmprsk(progression, r["cuminc_by_sex"], by="sex")


def test_the_two_variances_differ_by_at_most_one_per_cent_while_many_are_at_risk(progression, r):
    months = r["aj"]["times"]
    curves = [cumulative_incidence(progression, variance=name) for name in ("survfit", "aalen")]
    assert_allclose(*(at_times(curve, months)["se"] for curve in curves), rtol=0.01)


def test_months_lost_to_each_cause(progression, r, check):
    block = r["rmtl_pcm_240"]
    lost = [restricted_mean(progression, block["tau"], cause=cause)["value"].iloc[0] for cause in ("pcm", "death")]
    check.close(lost, [block["months_lost_to_pcm"], block["months_lost_to_death"]])


def test_one_minus_kaplan_meier_that_censors_deaths(mgus2, r, check):
    alone = EventTimes.from_frame(mgus2.assign(first=(mgus2["first"] == 1).astype(int)), "months", "first")
    block = r["one_minus_km_pcm"]
    check.close(1 - at_times(kaplan_meier(alone), block["times"])["value"], block["value"])


def test_kaplan_meier(mgus2, r, check):
    check.kaplan_meier(EventTimes.from_frame(mgus2, "futime", "death"), r["overall_km"])


def test_late_entry_on_the_age_scale(mgus2, r, check):
    block = r["age_scale"]
    followed = mgus2[mgus2["age_end"] > mgus2["age_months"]]
    times = EventTimes.from_frame(followed, "age_end", "death", entry="age_months")
    assert len(times) == block["n"]
    check.close(at_times(kaplan_meier(times), block["km_months"])["value"], block["surv"])
    assert number_at_risk(times, block["km_months"])["at_risk"].tolist() == block["n_risk"]
