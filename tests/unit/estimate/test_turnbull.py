from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from scipy.optimize import minimize

from evaltools.errors import EstimateError
from evaltools.estimate.turnbull import turnbull

INTERVALS = st.lists(st.tuples(st.integers(0, 8), st.integers(1, 6), st.booleans()), min_size=1, max_size=12)


def _ends(rows):
    left = np.array([start for start, *_ in rows], dtype=float)
    right = np.array([np.inf if open_ended else start + width for start, width, open_ended in rows])
    return left, right


def _loglik(found, left, right):
    inside = (found.after[None, :] >= left[:, None]) & (found.until[None, :] <= right[:, None])
    return np.log(inside @ found.mass).sum()


@settings(max_examples=25)
@given(INTERVALS)
def test_no_other_distribution_is_more_likely(rows):
    """Against a general optimiser over every day, not only over the innermost intervals."""
    left, right = _ends(rows)
    found = turnbull(left, right, tolerance=1e-9)
    days = np.append(np.arange(1, 15), np.inf)
    inside = ((days[None, :] > left[:, None]) & (days[None, :] <= right[:, None])).astype(float)

    def lost(free):
        share = np.exp(free - free.max())
        return -np.log(inside @ (share / share.sum())).sum()

    best = -minimize(lost, np.zeros(len(days)), method="BFGS").fun
    assert _loglik(found, left, right) >= best - 1e-4
    assert found.mass.sum() == pytest.approx(1)


@settings(max_examples=25)
@given(INTERVALS)
def test_the_lowest_share_is_never_above_the_highest_and_both_only_rise(rows):
    lowest, highest = turnbull(*_ends(rows)).at(np.arange(0, 20))
    assert (lowest <= highest + 1e-12).all()
    assert (np.diff(lowest) >= -1e-12).all()
    assert (np.diff(highest) >= -1e-12).all()


def test_with_known_days_it_is_the_share_of_people():
    days = np.array([3, 3, 5, 9])
    lowest, highest = turnbull(days - 1, days).at([2, 3, 5, 8, 9])
    assert lowest.tolist() == pytest.approx([0, 0.5, 0.75, 0.75, 1])
    assert highest.tolist() == pytest.approx(lowest.tolist())


def test_it_agrees_with_lifelines():
    rng = np.random.default_rng(3)
    event = np.ceil(rng.exponential(100, 80))
    visits = np.cumsum(rng.integers(20, 60, (80, 6)), axis=1)
    left = np.where(visits < event[:, None], visits, 0).max(axis=1).astype(float)
    right = np.where(visits >= event[:, None], visits, np.inf).min(axis=1).astype(float)
    fitted = KaplanMeierFitter().fit_interval_censoring(left + 1, right, tol=1e-8)  # its intervals are closed
    found = turnbull(left, right)
    days = [40.0, 80.0, 120.0, 200.0]
    lowest, highest = found.at(days)
    curve = fitted.survival_function_.sort_index()
    at = curve.index.searchsorted(days, side="right") - 1
    lower, upper = (1 - curve[f"NPMLE_estimate_{side}"].to_numpy()[at] for side in ("upper", "lower"))
    assert lowest == pytest.approx(lower, abs=1e-4)
    assert highest == pytest.approx(upper, abs=1e-4)


def test_the_truth_is_found_with_many_people():
    rng = np.random.default_rng(4)
    event = rng.exponential(200, 20_000)
    visits = np.cumsum(rng.integers(30, 90, (20_000, 12)), axis=1)
    left = np.where(visits < event[:, None], visits, 0).max(axis=1)
    right = np.where(visits >= event[:, None], visits, np.inf).min(axis=1)
    lowest, highest = turnbull(left, right, tolerance=1e-4).at([100, 200, 365])
    truth = 1 - np.exp(-np.array([100, 200, 365]) / 200)
    assert np.abs(lowest - truth).max() < 0.04
    assert np.abs(highest - truth).max() < 0.04


def test_an_event_that_never_came_may_never_come():
    found = turnbull([0, 10], [10, np.nan])
    assert found.until.tolist() == [10, np.inf]
    assert found.at([1e9])[0].tolist() == [0.5]


@pytest.mark.parametrize(("left", "right"), [([], []), ([3], [3]), ([-1], [2]), ([np.inf], [np.inf]), ([np.nan], [2])])
def test_impossible_intervals_are_refused(left, right):
    with pytest.raises(EstimateError, match="not possible"):
        turnbull(left, right)


def test_a_search_that_does_not_end_is_said():
    with pytest.raises(EstimateError, match="not found"):
        turnbull([0, 0, 2, 3, 1], [4, 5, 6, 7, 3], tolerance=-1)
