from __future__ import annotations

from dataclasses import replace

import greenwood
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.exceptions import StatisticalWarning
from numpy.testing import assert_allclose

from evaltools.estimate.kaplan_meier import kaplan_meier


def test_by_hand(four):
    curve = kaplan_meier(four)
    assert list(curve.columns) == [
        "group",
        "time",
        "at_risk",
        "events",
        "censored",
        "survival",
        "se",
        "lower",
        "upper",
    ]
    assert_allclose(curve["survival"], [0.75, 0.25, 0.25])
    assert_allclose(curve["se"], np.array([0.75, 0.25, 0.25]) * np.sqrt([1 / 12, 1 / 12 + 2 / 3, 1 / 12 + 2 / 3]))


@pytest.mark.parametrize("late", [False, True])
def test_agrees_with_lifelines(many, late):
    times = many if late else type(many)(many.duration, many.cause, many.causes, np.zeros(len(many)), many.data)
    curve = kaplan_meier(times)
    other = KaplanMeierFitter().fit(times.duration, times.cause > 0, entry=times.entry if late else None)
    band = other.confidence_interval_
    at = other.survival_function_.loc[curve["time"]].iloc[:, 0]
    assert_allclose(curve["survival"], at, rtol=1e-10, atol=1e-12)
    shown = curve["lower"].notna().to_numpy()
    for column, limits in [("lower", band.iloc[:, 0]), ("upper", band.iloc[:, 1])]:
        assert_allclose(curve[column][shown], limits.loc[curve["time"]][shown], rtol=1e-8)


@given(data=st.data())
def test_without_censoring_it_is_one_minus_the_empirical_distribution(data, some_people):
    times = data.draw(some_people(censoring=False))
    curve = kaplan_meier(times)
    later = [(times.duration > day).mean() for day in curve["time"]]
    assert_allclose(curve["survival"], later, atol=1e-12)


@given(data=st.data())
def test_late_entry_at_zero_is_no_late_entry(data, some_people):
    times = data.draw(some_people())
    zero = type(times).from_frame(times.data.assign(entry=0), "days", "status", times.causes, entry="entry")
    assert kaplan_meier(zero).equals(kaplan_meier(times))


@given(data=st.data())
def test_never_rises_and_stays_a_probability(data, some_people):
    times = data.draw(some_people())
    survival = kaplan_meier(times)["survival"]
    assert survival.is_monotonic_decreasing
    assert survival.between(0, 1).all()


def test_no_events_has_survival_one_and_no_interval(make):
    curve = kaplan_meier(make([3, 4], [0, 0]))
    assert curve["survival"].tolist() == [1, 1]
    assert curve["se"].tolist() == [0, 0]
    assert curve[["lower", "upper"]].isna().all(axis=None)


@pytest.mark.parametrize(("days", "status"), [([3], [1]), ([5, 5, 5], [1, 2, 1]), ([0], [1])])
def test_when_nobody_is_left_there_is_no_error_to_give(make, days, status):
    last = kaplan_meier(make(days, status)).iloc[-1]
    assert last["survival"] == 0
    assert last[["se", "lower", "upper"]].isna().all()


def test_groups_are_the_curves_of_their_own_people(many):
    curves = kaplan_meier(many, by="site")
    part = many.data[many.data["site"] == "b"]
    alone = kaplan_meier(type(many).from_frame(part, "days", "status", many.causes, entry="entry"))
    for column in ("time", "survival", "lower"):
        assert_allclose(curves.loc[curves["group"] == "b", column], alone[column])


def test_missing_labels_are_their_own_group(make):
    curves = kaplan_meier(make([1, 2, 3], [1, 0, 1], site=["a", None, None]), by="site")
    assert curves.groupby("group", sort=False)["at_risk"].first().to_dict() == {"a": 1, "(missing)": 2}


def test_nobody_gives_no_rows(make):
    assert kaplan_meier(make([], [])).empty


def test_whole_weights_are_so_many_people(four):
    weighted = kaplan_meier(replace(four, weights=np.array([1.0, 2.0, 1.0, 3.0])))
    repeated = kaplan_meier(type(four).from_frame(four.data.loc[[0, 1, 1, 2, 3, 3, 3]], "days", "status", four.causes))
    assert_allclose(weighted.iloc[:, 1:], repeated.iloc[:, 1:])


def test_other_weights_agree_with_lifelines_and_have_the_error_of_the_jackknife(many):
    weights = np.random.default_rng(5).uniform(0.5, 2, 300)
    times = type(many).from_frame(many.data.assign(w=weights), "days", "status", many.causes, weights="w")
    curve = kaplan_meier(times)
    with pytest.warns(StatisticalWarning):
        other = KaplanMeierFitter().fit(times.duration, times.cause > 0, weights=weights)
    at = other.survival_function_.loc[curve["time"]].iloc[:, 0]
    assert_allclose(curve["survival"], at, rtol=1e-10, atol=1e-12)
    assert (
        curve["se"].iloc[5:20]
        > kaplan_meier(type(many).from_frame(many.data, "days", "status", many.causes))["se"].iloc[5:20]
    ).all()


def test_without_weights_or_late_entry_the_jackknife_is_greenwood(many):
    people = many.data.assign(person=np.arange(300))
    plain, robust = (
        kaplan_meier(type(many).from_frame(people, "days", "status", many.causes, cluster=cluster), by="site")
        for cluster in (None, "person")
    )
    assert_allclose(plain["se"], robust["se"], rtol=1e-9)


def test_agrees_with_greenwood_by_group(many):
    for site, people in many.data.groupby("site"):
        surv = greenwood.Surv(people["entry"].to_numpy(), people["days"].to_numpy(), (people["status"] > 0).to_numpy())
        other = greenwood.KaplanMeier(conf_type="log").fit(surv)
        ours = kaplan_meier(many, by="site", ci="log").query(f"group == '{site}'")
        shown = np.isin(ours["time"], other.time_)
        assert_allclose(ours["survival"][shown], other.survival_[np.isin(other.time_, ours["time"])], rtol=1e-10, atol=1e-12)
