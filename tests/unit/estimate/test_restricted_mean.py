from __future__ import annotations

from dataclasses import replace

import greenwood
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.conditional_survival import conditional_survival
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.restricted_mean import restricted_mean


@pytest.fixture
def punctual(many):
    return EventTimes.from_frame(many.data, "days", "status", many.causes)


def test_by_hand(make):
    rows = restricted_mean(make([1, 3, 4, 4], [1, 1, 0, 0]), 4)
    assert list(rows.columns) == ["group", "value", "se", "lower", "upper", "contrast", "note"]
    assert rows["value"].tolist() == [1 + 2 * 0.75 + 0.5]
    # areas beyond the two events: 2 * 0.75 + 0.5 and 0.5
    assert_allclose(rows["se"] ** 2, 2**2 / (4 * 3) + 0.5**2 / (3 * 2))


def test_value_agrees_with_lifelines(punctual):
    other = KaplanMeierFitter().fit(punctual.duration, punctual.cause > 0)
    assert_allclose(restricted_mean(punctual, 30)["value"], restricted_mean_survival_time(other, 30), rtol=1e-10)


def test_errors_and_contrasts_agree_with_greenwood(punctual):
    two = EventTimes.from_frame(punctual.data[punctual.data["site"] != "c"], "days", "status", punctual.causes)
    rows = restricted_mean(two, 30, by="site").set_index("group")
    surv = greenwood.Surv(two.duration, (two.cause > 0).astype(int))
    groups = two.data["site"].to_numpy()
    difference = greenwood.rmst_test(surv, 30, groups, estimand="difference")
    ratio = greenwood.rmst_test(surv, 30, groups, estimand="ratio")
    sign = np.sign(difference.estimate) * np.sign(rows.loc["b - a", "value"])
    assert_allclose(rows.loc["b - a", ["value", "se"]].astype(float), [sign * difference.estimate, difference.se])
    limits = sorted([ratio.lower_ci**sign, ratio.upper_ci**sign])
    assert_allclose(rows.loc["b / a", ["value", "lower", "upper"]].astype(float), [ratio.estimate**sign, *limits], rtol=1e-8)


def test_time_lost_to_all_causes_and_time_without_event_make_the_horizon(punctual):
    kept = restricted_mean(punctual, 30, by="site")["value"][:3]
    lost = sum(restricted_mean(punctual, 30, by="site", cause=cause)["value"][:3] for cause in ("job", "left"))
    assert_allclose(kept + lost, 30)


def test_time_lost_is_the_area_under_the_incidence(punctual):
    curve = cumulative_incidence(punctual).query("cause == 'job' and time <= 30")
    area = np.sum(curve["incidence"].to_numpy() * np.diff([*curve["time"], 30]))
    assert_allclose(restricted_mean(punctual, 30, cause="job")["value"], area)


@given(data=st.data())
def test_without_censoring_and_with_a_far_horizon_it_is_the_mean(data, some_people):
    times = data.draw(some_people(censoring=False))
    row = restricted_mean(times, 100).iloc[0]
    assert_allclose(row["value"], times.duration.mean(), atol=1e-10)
    assert_allclose(row["se"], times.duration.std() / np.sqrt(len(times)), atol=1e-10)


@given(data=st.data())
def test_it_scales_with_the_unit_of_time(data, some_people):
    times = data.draw(some_people())
    weeks = restricted_mean(times, 14)[["value", "se"]]
    days = restricted_mean(replace(times, duration=times.duration * 7), 98)[["value", "se"]]
    assert_allclose(days, 7 * weeks)


@pytest.mark.parametrize("cause", [None, "job"])
def test_whole_weights_of_survival_are_so_many_people(punctual, cause):
    row = restricted_mean(replace(punctual, weights=np.full(300, 3.0)), 30, cause=cause).iloc[0]
    once = restricted_mean(punctual, 30, cause=cause).iloc[0]
    assert_allclose(row["value"], once["value"])
    assert_allclose(row["se"], once["se"] / np.sqrt(3) if cause is None else once["se"])


def test_a_group_not_followed_to_the_horizon_has_no_value_and_says_why(make):
    times = make([1, 8, 2, 3], [1, 0, 1, 0], site=["a", "a", "b", "b"])
    rows = restricted_mean(times, 5, by="site").set_index("group")
    assert rows["value"].notna().tolist() == [True, False, False, False]
    assert rows.loc["b", "note"] == "not estimable: nobody in the group is followed up to day 5"
    assert rows.loc["b / a", "note"] == "not estimable: nobody in one of the groups is followed up to day 5"


def test_a_group_whose_last_person_has_the_event_needs_no_more_follow_up(make):
    assert restricted_mean(make([1, 3], [1, 1]), 10)["value"].tolist() == [2]


def test_no_events_is_the_horizon_without_interval(make):
    times = make([9, 9, 1, 9], [0, 0, 0, 0], site=["a", "a", "b", "b"])
    rows = restricted_mean(times, 5, by="site")
    assert rows["value"].tolist() == [5, 5, 0, 1]
    assert rows["se"].eq(0).all()
    assert rows[["lower", "upper"]].isna().all(axis=None)
    assert rows["note"].ne("").all()
    lost = restricted_mean(times, 5, by="site", cause="left")
    assert lost["note"].iloc[-1] == "not estimable: one of the means is 0"


def test_late_entry_needs_a_start_with_enough_people(make):
    late = make([2, 3, *[9] * 6, *[12] * 6], [1, 1, *[1] * 6, *[0] * 6], entry=[1, 1, *[4] * 12])
    with pytest.raises(EstimateError, match="count from a later day: start=3"):
        restricted_mean(late, 12)
    row = restricted_mean(late, 12, start=3).iloc[0]
    assert_allclose(row["value"], (9 - 3) + (12 - 9) * 0.5)
    assert_allclose(conditional_survival(late)["survival"], [0.5, 0.5])


@pytest.mark.parametrize("horizon", [0, -1, np.inf, np.nan])
def test_a_horizon_must_be_a_number_of_days(four, horizon):
    with pytest.raises(EstimateError, match="is not a horizon"):
        restricted_mean(four, horizon)


def test_nobody_gives_no_rows(make):
    assert restricted_mean(make([], []), 5).empty
