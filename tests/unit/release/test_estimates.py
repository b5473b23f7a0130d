from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.domain.results import ESTIMATES, tidy
from evaltools.release.estimates import protect_estimates

NUMBERS = ["value", "se", "lower", "upper", "numerator", "denominator", "n", "events", "missing"]
PEOPLE = ["numerator", "denominator", "n", "events", "missing"]


@pytest.fixture
def released(estimate, uk, interval):
    """released(...): the one row as it leaves."""
    return lambda **row: protect_estimates(estimate(**row), uk, interval).iloc[0]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_comes_in_only_rounded_counts_and_shares_of_them_leave(estimates, uk, interval, data):
    exact = data.draw(estimates)
    before = exact.copy()
    out = protect_estimates(exact, uk, interval)
    assert_frame_equal(before, exact)
    assert out.dtypes.to_dict() == exact.dtypes.to_dict()
    for name in PEOPLE:
        shown = out[name].dropna()
        assert not shown.between(1, 9).any()
        assert (shown % 5 == 0).all()
    assert out["se"].isna().all()
    assert not out["note"].fillna("").str.contains(r"1,011|75|3 people").any()
    shares = out[out["statistic"].isin(["proportion", "ratio"]).astype(bool) & out["value"].notna()]
    assert shares["value"].tolist() == (shares["numerator"] / shares["denominator"]).tolist()
    assert (shares["denominator"] >= 25).all()
    proportions = shares[shares["statistic"] == "proportion"]
    assert np.allclose((proportions["lower"] + 0.1).to_numpy(dtype=float), proportions["value"].to_numpy(dtype=float))


def test_percentages_and_limits_come_from_rounded_counts(released):
    row = released(value=31 / 83, lower=0.27, upper=0.48, se=0.05, numerator=31, denominator=83, n=83, events=31, missing=11)
    assert row["value"] == 30 / 85
    assert row["lower"] == pytest.approx(30 / 85 - 0.1)
    assert row["upper"] == pytest.approx(30 / 85 + 0.1)
    assert row[PEOPLE].tolist() == [30, 85, 85, 30, 10]
    assert pd.isna(row["note"])


@pytest.mark.parametrize(
    ("row", "hidden"),
    [
        ({"numerator": 9, "denominator": 100}, True),
        ({"numerator": 10, "denominator": 100}, False),
        ({"numerator": 0, "denominator": 100}, False),
        ({"numerator": 91, "denominator": 100}, True),  # nine people did not
        ({"numerator": 100, "denominator": 100}, False),
        ({"numerator": 11, "denominator": 22}, True),
        ({"numerator": 11, "denominator": 23}, False),
        ({"statistic": "ratio", "numerator": 95, "denominator": 100}, False),  # jobs of people have no complement
        ({"statistic": "ratio", "numerator": 5, "denominator": 100}, True),
        ({"statistic": "bounds", "numerator": 50, "denominator": 100, "missing": 9}, True),
        ({"statistic": "bounds", "numerator": 50, "denominator": 100, "missing": 10}, False),
        ({"statistic": "survival", "value": 0.5, "denominator": 100, "events": 9}, True),
        ({"statistic": "survival", "value": 0.5, "denominator": 100, "events": 10}, False),
        ({"statistic": "survival", "value": 0.5, "denominator": 22, "events": 10}, True),
        ({"statistic": "median", "value": 100, "denominator": 100, "events": 19}, True),
        ({"statistic": "median", "value": 100, "denominator": 100, "events": 20}, False),
        ({"statistic": "median", "value": 100, "denominator": 100}, True),
    ],
)
def test_what_is_hidden(released, row, hidden):
    out = released(**row)
    assert out[NUMBERS].isna().all() == hidden
    assert str(out["note"]).startswith("not shown: fewer than 10 people") == hidden


def test_bounds_are_shown_without_a_value(released):
    row = released(statistic="bounds", numerator=48, denominator=101, missing=22)
    assert pd.isna(row["value"])
    assert row[["lower", "upper"]].tolist() == [0.5, 0.7]
    assert released(statistic="bounds", numerator=90, denominator=101, missing=22)["upper"] == 1


def test_a_ratio_has_no_interval(released):
    row = released(statistic="ratio", numerator=148, denominator=101)
    assert row["value"] == 1.5
    assert row[["lower", "upper"]].isna().all()


@pytest.mark.parametrize(("denominator", "shown"), [(99, [0.35, 0.3, 0.4]), (100, [0.34, 0.29, 0.4])])
def test_values_of_curves_are_coarse(released, denominator, shown):
    row = released(
        statistic="cumulative_incidence", value=0.3412, lower=0.2899, upper=0.401, denominator=denominator, events=20
    )
    assert row[["value", "lower", "upper"]].tolist() == pytest.approx(shown)


def test_medians_are_shown_to_the_month(released):
    row = released(statistic="median", value=104, lower=76, upper=None, denominator=100, events=20)
    assert row[["value", "lower"]].tolist() == [90, 90]
    assert pd.isna(row["upper"])


def test_tests_of_exact_counts_are_not_released(uk, interval):
    rows = tidy([{"statistic": name, "value": 12.2649, "term": "homogeneity"} for name in ("chi2", "df", "p")], ESTIMATES)
    assert protect_estimates(rows, uk, interval)["value"].isna().all()


def test_a_statistic_without_a_rule_is_not_released(released):
    for statistic in ("hazard_ratio", "sum", None):
        row = released(statistic=statistic, value=1.7, se=0.1, lower=1, upper=2, numerator=50, denominator=100, n=100)
        assert row[NUMBERS].isna().all()
        assert row["note"] == "not shown: there is no release rule for this figure"


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        ("the numerator (1,011) exceeds the denominator (75)", "the numerator ([c]) exceeds the denominator ([c])"),
        ("smallest expected count 3.2: approximate", "smallest expected count [c]: approximate"),
        ("10 of 0.5 and 105", "[c] of [c] and [c]"),
        ("rows that are all 0 were left out", "rows that are all 0 were left out"),
        ("hypothetical: had nobody left", "hypothetical: had nobody left"),
    ],
)
def test_numbers_in_notes_stay_behind(released, exact, shown):
    assert released(numerator=50, denominator=100, note=exact)["note"] == shown


def test_no_estimates_are_no_estimates(estimate, uk, interval):
    nothing = estimate().iloc[:0]
    assert_frame_equal(protect_estimates(nothing, uk, interval), nothing)
