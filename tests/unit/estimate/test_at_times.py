from __future__ import annotations

import numpy as np
from numpy.testing import assert_array_equal

from evaltools.estimate.at_times import at_times
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.nelson_aalen import nelson_aalen


def test_curves_are_right_continuous(four):
    read = at_times(kaplan_meier(four), [0, 1.9, 2, 2.5, 3, 5])
    assert_array_equal(read["value"], [1, 1, 0.75, 0.75, 0.25, 0.25])
    assert list(read.columns) == ["group", "day", "value", "se", "lower", "upper"]


def test_before_reads_the_left_limit(four):
    assert_array_equal(at_times(kaplan_meier(four), [2, 3, 5], before=True)["value"], [1, 0.75, 0.25])


def test_at_the_start_there_is_no_uncertainty_and_no_interval(four):
    row = at_times(kaplan_meier(four), [0]).iloc[0]
    assert row["se"] == 0
    assert row[["lower", "upper"]].isna().all()


def test_after_the_last_time_the_value_is_missing(four):
    assert at_times(kaplan_meier(four), [6]).loc[0, ["value", "se", "lower", "upper"]].isna().all()
    assert at_times(cumulative_incidence(four), [6])["value"].isna().all()


def test_after_the_last_time_the_value_stays_when_nobody_is_left(make):
    over = make([1, 2, 2], [1, 2, 1])
    assert at_times(kaplan_meier(over), [9])["value"].tolist() == [0]
    read = at_times(cumulative_incidence(over), [9])
    assert dict(zip(read["cause"], read["value"].round(12), strict=True)) == {
        "job": round(2 / 3, 12),
        "left": round(1 / 3, 12),
    }


def test_each_group_ends_at_its_own_last_time(make):
    curves = kaplan_meier(make([1, 8, 2, 3], [1, 0, 1, 0], site=["a", "a", "b", "b"]), by="site")
    read = at_times(curves, [5])
    assert read["group"].tolist() == ["a", "b"]
    assert_array_equal(read["value"], [0.5, np.nan])


def test_incidence_keeps_its_causes(four):
    read = at_times(cumulative_incidence(four), [2, 3])
    assert read["cause"].tolist() == ["job", "job", "left", "left"]
    assert_array_equal(read["value"], [0.25, 0.5, 0, 0.25])


def test_leaves_its_input_alone(four):
    curve = kaplan_meier(four)
    before = curve.copy()
    at_times(curve, [1])
    assert curve.equals(before)


def test_an_empty_curve_gives_no_rows(make):
    assert at_times(kaplan_meier(make([], [])), [1]).empty
    assert at_times(cumulative_incidence(make([], [])), [1]).empty


def test_a_hazard_starts_at_nought(four):
    assert_array_equal(at_times(nelson_aalen(four), [0, 2])["value"], [0, 0.5 / 2])
