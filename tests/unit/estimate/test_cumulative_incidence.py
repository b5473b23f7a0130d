from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from statsmodels.duration.survfunc import CumIncidenceRight

from evaltools.errors import EstimateError
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.kaplan_meier import kaplan_meier


def test_by_hand_with_a_tie_between_causes(four):
    curve = cumulative_incidence(four)
    assert list(curve.columns) == ["group", "cause", "time", "at_risk", "events", "incidence", "se", "lower", "upper"]
    job, left = curve[curve["cause"] == "job"], curve[curve["cause"] == "left"]
    assert_allclose(job["incidence"], [0.25, 0.5, 0.5])
    assert_allclose(left["incidence"], [0, 0.25, 0.25])
    assert job["events"].tolist() == [1, 1, 0]


@given(data=st.data())
def test_incidences_and_survival_add_up_to_one(data, some_people):
    times = data.draw(some_people())
    curve = cumulative_incidence(times)
    total = curve.groupby("time")["incidence"].sum().to_numpy()
    assert_allclose(total + kaplan_meier(times)["survival"].to_numpy(), 1, atol=1e-12)


@given(data=st.data())
def test_never_more_than_one_minus_kaplan_meier_that_censors_the_others(data, some_people):
    times = data.draw(some_people())
    job = cumulative_incidence(times).query("cause == 'job'")
    alone = times.data.assign(status=(times.data["status"] == 1).astype(int))
    censored = kaplan_meier(type(times).from_frame(alone, "days", "status", {1: "job"}))
    assert (job["incidence"].to_numpy() <= 1 - censored["survival"].to_numpy() + 1e-12).all()


@given(data=st.data())
def test_without_competing_events_it_is_one_minus_kaplan_meier(data, some_people):
    times = data.draw(some_people())
    alone = times.data.assign(status=(times.data["status"] > 0).astype(int))
    single = type(times).from_frame(alone, "days", "status", {1: "job"})
    curve, km = cumulative_incidence(single), kaplan_meier(single)
    assert_allclose(curve["incidence"], 1 - km["survival"], atol=1e-12)
    shown = km["survival"] > 0
    assert_allclose(curve["se"][shown], km["se"][shown], rtol=1e-6, atol=1e-9)


@given(data=st.data())
def test_without_censoring_value_and_error_are_those_of_a_share(data, some_people):
    times = data.draw(some_people(censoring=False))
    for code, cause in times.causes.items():
        curve = cumulative_incidence(times).query(f"cause == '{cause}'")
        share = np.array([np.mean((times.cause == code) & (times.duration <= day)) for day in curve["time"]])
        assert_allclose(curve["incidence"], share, atol=1e-12)
        assert_allclose(curve["se"] ** 2, share * (1 - share) / len(times), atol=1e-12)


@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning", "ignore:invalid value:RuntimeWarning")
def test_agrees_with_statsmodels(many):
    now = type(many)(many.duration, many.cause, many.causes, np.zeros(len(many)), many.data)
    other = CumIncidenceRight(now.duration, now.cause)  # divides by zero, with a warning, once nobody is left
    for position, cause in enumerate(now.causes.values()):
        curve = cumulative_incidence(now).query(f"cause == '{cause}'").set_index("time").loc[other.times]
        assert_allclose(curve["incidence"], other.cinc[position], rtol=1e-10)
        shown = np.isfinite(other.cinc_se[position])
        assert shown.sum() >= len(shown) - 1
        assert_allclose(curve["se"][shown], other.cinc_se[position][shown], rtol=1e-8)


@pytest.mark.parametrize("variance", ["survfit", "aalen"])
def test_everybody_on_one_day_has_no_interval_where_the_share_is_all(make, variance):
    curve = cumulative_incidence(make([5, 5], [1, 1]), variance=variance)
    assert curve["incidence"].tolist() == [1, 0]
    assert curve["se"].tolist() == [0, 0]
    assert curve[["lower", "upper"]].isna().all(axis=None)


@pytest.mark.parametrize("variance", ["survfit", "aalen"])
@pytest.mark.parametrize(("days", "status"), [([3], [1]), ([3], [0]), ([3, 4, 9], [0, 0, 0]), ([0, 0], [1, 2])])
def test_sparse_data_give_values_and_no_warning(make, days, status, variance):
    curve = cumulative_incidence(make(days, status), variance=variance)
    assert curve["incidence"].between(0, 1).all()
    assert curve["se"].ge(0).all()


def test_groups_are_the_curves_of_their_own_people(many):
    curves = cumulative_incidence(many, by="site")
    part = many.data[many.data["site"] == "c"]
    alone = cumulative_incidence(type(many).from_frame(part, "days", "status", many.causes, entry="entry"))
    for column in ("time", "incidence", "se", "upper"):
        assert_allclose(curves.loc[curves["group"] == "c", column], alone[column])


def test_an_unknown_variance_names_the_known_ones(four):
    with pytest.raises(EstimateError, match="survfit, aalen"):
        cumulative_incidence(four, variance="dinse")


def test_nobody_gives_no_rows(make):
    assert cumulative_incidence(make([], [])).empty


def test_the_variance_is_named(four):
    assert [cumulative_incidence(four, variance=name).attrs["variance"] for name in ("survfit", "aalen")] == [
        "survfit",
        "aalen",
    ]


def test_aalen_variance_knows_no_clusters(many):
    with pytest.raises(EstimateError, match="use variance='survfit'"):
        cumulative_incidence(replace(many, cluster="site"), variance="aalen")


def test_limits_on_the_plain_scale(four):
    curve = cumulative_incidence(four, ci="plain")
    assert_allclose((curve["lower"] + curve["upper"]).iloc[1], 1)
