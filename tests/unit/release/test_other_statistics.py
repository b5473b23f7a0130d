from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.estimate.bounds import bounds
from evaltools.estimate.productivity import rate_limits
from evaltools.estimate.tipping_point import DELTAS, tipping_point
from evaltools.release.estimates import protect_estimates
from evaltools.release.other_statistics import Limits

NUMBERS = ["value", "se", "lower", "upper", "numerator", "denominator", "n", "events", "missing"]


@pytest.fixture
def released(estimate, uk, interval):
    """released(...): the one row as it leaves, with everything that works out limits again."""
    return lambda **row: protect_estimates(estimate(**row), uk, interval, Limits(bounds, rate_limits)).iloc[0]


COUNTS = {"numerator": 52, "denominator": 101, "missing": 22, "n": 101, "events": 52}


def test_an_interval_of_bounds_is_that_of_the_rounded_counts(released):
    row = released(statistic="bounds_interval", lower=0.4, upper=0.81, **COUNTS)
    expected = bounds(50, 100, 20)
    assert row[["lower", "upper"]].tolist() == [expected.lower, expected.upper]
    assert pd.isna(row["value"])


@pytest.mark.parametrize("delta", DELTAS)
def test_a_shifted_share_is_that_of_the_rounded_counts(released, delta):
    row = released(statistic="delta_adjusted", value=0.6, term=f"also: delta {delta:g}, followed", **COUNTS)
    table = tipping_point(50, 80, 20, 0.5).table.set_index("delta")
    assert row["value"] == pytest.approx(table.loc[delta, "share"])


@pytest.mark.parametrize("statistic", ["bounds", "bounds_interval", "delta_adjusted"])
@pytest.mark.parametrize("counts", [{"missing": 9}, {"numerator": 9}, {"numerator": 71, "missing": 22}])
def test_few_people_on_either_side_hide_it(released, statistic, counts):
    row = released(statistic=statistic, value=0.5, term="also: delta 1, followed", **COUNTS | counts)
    assert row[NUMBERS].isna().all()
    assert row["note"].startswith("not shown: fewer than 10 people")


def test_a_shift_that_is_not_said_is_hidden(released):
    assert released(statistic="delta_adjusted", value=0.6, term="also: no number", **COUNTS)[NUMBERS].isna().all()


@pytest.mark.parametrize(("n", "shown"), [(19, None), (20, 18.0)])
@pytest.mark.parametrize("statistic", ["mean", "median_hours"])
def test_hours_are_shown_to_the_hour_for_enough_people(released, statistic, n, shown):
    value = released(outcome="hours", statistic=statistic, value=18.37, unit="hour", denominator=n, n=n)["value"]
    assert value == shown if shown else pd.isna(value)


def test_a_mean_of_anything_else_has_no_rule(released):
    row = released(outcome="score", statistic="mean", value=3.1, unit="point", denominator=300, n=300)
    assert "no release rule" in row["note"]


@pytest.mark.parametrize(("denominator", "hidden"), [(3600, True), (3700, False)])
def test_caseload_needs_ten_full_time_years(released, denominator, hidden):
    row = {"outcome": "caseload", "denominator": denominator, "n": denominator}
    mean = released(statistic="mean", numerator=20.76 * denominator, value=20.76, **row)
    share = released(statistic="share_of_days", numerator=1062, value=0.3, term="over 20 to 25", **row)
    assert pd.isna(mean["value"]) == pd.isna(share["value"]) == hidden
    if not hidden:
        assert mean["value"] == 21
        assert share["value"] == 1060 / 3700


def test_nothing_is_shown_of_one_specialist(released):
    row = {"outcome": "caseload", "statistic": "share_of_days", "numerator": 2000, "denominator": 4000, "n": 4000}
    assert released(group_by="specialist", value=0.5, **row)[NUMBERS].isna().all()


def test_a_rate_and_its_limits_come_from_rounded_counts(released):
    row = released(statistic="rate", value=0.0456, numerator=568, denominator=12453.2, n=568)
    assert row["value"] == 570 / 12455
    assert (row["lower"], row["upper"]) == rate_limits(570, 12455, 0.95)
    assert row[["numerator", "denominator"]].tolist() == [570, 12455]


@pytest.mark.parametrize("counts", [{"numerator": 9, "denominator": 300}, {"numerator": 50, "denominator": 21.7}])
def test_a_rate_of_few_jobs_or_of_little_time_is_hidden(released, counts):
    assert released(statistic="rate", value=2.3, **counts)[NUMBERS].isna().all()


def test_without_a_way_to_limits_bounds_are_hidden_and_rates_have_none(estimate, uk, interval):
    row = protect_estimates(estimate(statistic="bounds_interval", lower=0.5, upper=0.7, **COUNTS), uk, interval).iloc[0]
    assert row[NUMBERS].isna().all()
    rate = protect_estimates(estimate(statistic="rate", value=0.5, numerator=50, denominator=100), uk, interval).iloc[0]
    assert rate["value"] == 0.5
    assert rate[["lower", "upper"]].isna().all()


def test_restricted_means_are_shown_to_the_month(released):
    row = released(statistic="restricted_mean", value=132.6, lower=123.2, upper=141.9, denominator=1890, events=558)
    assert row[["value", "lower", "upper"]].tolist() == [120, 120, 150]
    assert released(statistic="restricted_mean", value=132.6, denominator=1890, events=19)[NUMBERS].isna().all()


def test_limits_can_be_impossible_after_rounding_and_stay_within_a_share(released):
    row = released(statistic="bounds_interval", numerator=12, denominator=32, missing=20, n=32)
    assert row["lower"] >= 0
    assert row["upper"] <= 1
    assert not np.isnan(row["upper"])
