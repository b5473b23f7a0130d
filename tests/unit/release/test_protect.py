from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.domain.results import CHECKS, COUNTS, CURVES, Results, tidy
from evaltools.estimate.homogeneity import homogeneity
from evaltools.release.profile import PROFILES
from evaltools.release.protect import protect


@pytest.fixture
def exact(estimate, steps):
    return Results(
        estimates=estimate(numerator=31, denominator=83, n=83),
        curves=tidy(steps([20], job=[20], people=30), CURVES),
        counts=tidy([{"table_id": "flow", "row": "all", "column": "referred", "n": 83}], COUNTS),
        checks=tidy([{"check_id": "total", "status": "inconsistent", "value": 3}], CHECKS),
    )


def test_every_table_is_protected(exact, uk, interval):
    released = protect(exact, uk, interval, homogeneity)
    assert released.estimates["denominator"].tolist() == [85]
    assert released.curves["events"].isna().all()
    assert released.counts["n"].tolist() == [85]
    assert released.checks["value"].isna().all()


def test_what_is_already_public_passes_unchanged(exact, interval):
    released = protect(exact, PROFILES["open"], interval, homogeneity)
    for name, frame in released.tables().items():
        assert_frame_equal(frame, exact.tables()[name])


def test_the_exact_results_are_left_alone(exact, uk, interval):
    before = {name: frame.copy() for name, frame in exact.tables().items()}
    protect(exact, uk, interval, homogeneity)
    for name, frame in exact.tables().items():
        assert_frame_equal(before[name], frame)


def test_nothing_is_nothing(uk, interval):
    for name, frame in protect(Results(), uk, interval, homogeneity).tables().items():
        assert_frame_equal(frame, Results().tables()[name])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.none() | st.integers(0, 15) | st.integers(0, 5000), max_size=20))
def test_no_table_of_counts_holds_a_small_or_exact_count(uk, interval, counted):
    rows = [{"table_id": "flow", "row": str(number), "column": "referred", "n": n} for number, n in enumerate(counted)]
    released = protect(Results(counts=tidy(rows, COUNTS)), uk, interval, homogeneity).counts
    shown = released["n"].dropna()
    assert not shown.between(1, 9).any()
    assert (shown % 5 == 0).all()
    assert released["row"].tolist() == [str(number) for number in range(len(counted))]
    assert pd.isna(released["n"]).tolist() == [n is None or 1 <= n <= 9 for n in counted]
