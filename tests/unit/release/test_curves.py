from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.domain.results import CURVES, tidy
from evaltools.release.curves import block_ends, protect_curves

MONTH = 30.4375


def _protected(curves: pd.DataFrame, uk) -> pd.DataFrame:
    return protect_curves(tidy(curves, CURVES), uk)


@pytest.mark.parametrize(
    ("happened", "ends"),
    [
        # months:            1   2   3   4
        ({"job": [10, 10, 10, 10]}, [1, 2, 3, 4]),
        ({"job": [9, 1, 10, 9]}, [2, 3]),
        ({"job": [5, 4, 3, 2]}, [3]),
        ({"job": [10, 0, 10, 0]}, [1, 3]),
        ({"job": [10, 10, 10, 10], "left": [0, 1, 9, 0]}, [1, 3, 4]),  # one leaver cannot be told apart
        ({"job": [10, 10, 10, 10], "left": [0, 0, 0, 3]}, [1, 2, 3]),
        ({"job": [10, 10, 0, 0], "left": [0, 0, 10, 0]}, [1, 2, 3]),
        ({"job": [10, 10, 0, 0], "censored": [0, 9, 1, 0]}, [1, 3]),
        ({"job": [10, 0, 0, 0], "censored": [0, 10, 10, 10]}, [1]),  # censoring alone moves no curve
    ],
)
def test_a_block_ends_at_the_month_in_which_every_cause_has_ten_events_or_none(steps, uk, happened, ends):
    days = [15, 45, 75, 105]
    assert block_ends(steps(days, people=200, **happened), uk) == [end * MONTH for end in ends]


def test_the_last_day_of_a_month_belongs_to_it_and_day_0_to_the_first(steps, uk):
    assert block_ends(steps([0, 487], job=[10, 10], people=90), uk) == [MONTH, 16 * MONTH]


def test_a_point_counts_what_happened_on_its_own_day(steps, uk):
    on_month_end = _protected(steps([400, 487], job=[10, 10], people=100), uk)
    assert on_month_end["value"].tolist() == pytest.approx([0, 0.1, 0.2])
    assert on_month_end["at_risk"].tolist() == [100, 90, 80]


def test_a_curve_of_survival_is_told_by_its_empty_cause(steps, uk):
    events = [70, 20]  # most people stop in the first month: the first known value is below a half
    held = _protected(steps([20, 50], held=events, people=110, curve_id="d.job_held.programme"), uk)
    assert held["value"].tolist() == pytest.approx([1.0, 0.36, 0.18])
    started = _protected(steps([20, 50], job=events, people=110), uk)
    assert started["value"].tolist() == pytest.approx([0.0, 0.64, 0.82])


def test_points_are_coarser_for_fewer_than_a_hundred_people(steps, uk):
    few = _protected(steps([20, 50], job=[13, 13], people=99), uk)
    many = _protected(steps([20, 50], job=[13, 13], people=100), uk)
    assert few["value"].tolist() == pytest.approx([0, 0.15, 0.25])
    assert many["value"].tolist() == pytest.approx([0, 0.13, 0.26])
    assert few["lower"].tolist() == pytest.approx([0, 0.1, 0.25])  # 0.100 and 0.232
    assert few["upper"].tolist() == pytest.approx([0, 0.15, 0.3])  # 0.162 and 0.294


def test_people_at_risk_are_rounded_and_events_left_out(steps, uk):
    released = _protected(steps([20, 50], job=[13, 13], people=101), uk)
    assert released["at_risk"].tolist() == [100, 90, 75]
    assert released[["events", "censored"]].isna().all(axis=None)


def test_a_curve_stops_where_fewer_than_ten_people_are_at_risk(steps, uk):
    enough = _protected(steps([20, 50, 80], job=[20, 20, 10]), uk)
    assert enough[["day", "at_risk"]].values.tolist() == [[0, 50], [MONTH, 30], [2 * MONTH, 10]]
    too_few = _protected(steps([20, 50, 80], job=[20, 20, 9]), uk)
    assert too_few["day"].tolist() == [0, MONTH]


@pytest.mark.parametrize(("events", "people", "shown"), [([20], 30, 2), ([20], 29, 0), ([19], 30, 0)])
def test_a_small_group_has_no_curve(steps, uk, events, people, shown):
    assert len(_protected(steps([20], job=events, people=people), uk)) == shown


def test_a_curve_of_its_origin_alone_is_no_curve(steps, uk):
    assert _protected(steps([20, 50], job=[20, 8], censored=[0, 9]), uk)["day"].tolist() == [0, MONTH]
    assert _protected(steps([20], job=[20], censored=[10]), uk).empty  # nobody is left at the end of the only block


def test_each_group_is_protected_by_itself(steps, uk):
    north = steps([20], job=[20], people=30, group="north")
    south = steps([20, 50], job=[2, 2], people=90, group="south")
    released = _protected(pd.concat([north, south]), uk)
    assert released["group"].unique().tolist() == ["north"]


def test_no_curves_are_no_curves_and_types_stay(steps, uk):
    nothing = tidy([], CURVES)
    assert_frame_equal(protect_curves(nothing, uk), nothing)
    small = tidy(steps([20], job=[3]), CURVES)
    before = small.copy()
    assert_frame_equal(protect_curves(small, uk), nothing)
    assert_frame_equal(before, small)


_histories = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 30), st.integers(0, 12), st.integers(0, 12)),
    min_size=1, max_size=25, unique_by=lambda row: row[0],
).map(sorted)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(_histories, st.integers(0, 40))
def test_between_two_points_every_cause_has_ten_events_or_none(steps, uk, history, remain):
    days, job, left, censored = (list(column) for column in zip(*history, strict=True))
    size = sum(job) + sum(left) + sum(censored) + remain
    if size == 0:
        return
    exact = steps(days, censored=censored, people=size, job=job, left=left)
    released = _protected(exact, uk)
    for _, line in released.groupby("cause"):
        shown = line["day"].to_numpy(dtype=float)
        assert (np.diff(shown) > 0).all()
        assert np.allclose(shown / MONTH, np.round(shown / MONTH))
        for start, end in pairwise(shown):
            # day 0 itself is in the first block
            within = [(day > start or (start == 0 == day)) and day <= end for day in days]
            happened = [sum(n for n, held in zip(each, within, strict=True) if held) for each in (job, left, censored)]
            assert all(n == 0 or n >= 10 for n in happened)
            assert max(happened[:2]) >= 10
    assert (released["at_risk"].dropna() % 5 == 0).all()
    assert (released["at_risk"].dropna() >= 10).all() or released.empty
    assert released[["events", "censored"]].isna().all(axis=None)
