from __future__ import annotations

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_series_equal

from evaltools.release.counts import is_small, protect_counts, round_counts


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(0, 0), (1, None), (9, None), (10, 10), (12, 10), (12.5, 15), (13, 15), (1926, 1925), (1928, 1930), (None, None)],
)
def test_small_counts_are_hidden_and_others_rounded(uk, exact, shown):
    released = protect_counts(pd.Series([exact], dtype="Float64"), uk)
    assert released.isna().tolist() == [shown is None]
    assert released.dropna().tolist() == [] if shown is None else [shown]


counts = st.lists(st.none() | st.integers(0, 20) | st.integers(0, 10**6), max_size=30)


@given(counts)
def test_nothing_from_1_to_9_leaves_and_the_rest_are_multiples_of_5(uk, exact):
    held = pd.Series(exact, dtype="Float64")
    before = held.copy()
    released = protect_counts(held, uk)
    shown = released.dropna()
    assert (shown % 5 == 0).all()
    assert not shown.between(1, 9).any()
    assert ((shown - held[shown.index]).abs() <= 2.5).all()
    assert released.isna().tolist() == [n is None or 1 <= n <= 9 for n in exact]
    assert_series_equal(before, held)


def test_a_missing_count_is_not_small(uk):
    assert is_small(pd.Series([None, 0, 1, 9, 10], dtype="Float64"), uk).tolist() == [False, False, True, True, False]


def test_the_rule_is_the_profiles(uk):
    stricter = dataclasses.replace(uk, smallest=20, multiple=10)
    assert protect_counts(pd.Series([19.0, 24.0]), stricter).fillna(-1).tolist() == [-1, 20]
    assert round_counts(pd.Series([14.0, 15.0]), stricter).tolist() == [10, 20]


def test_no_counts_are_no_counts(uk):
    assert protect_counts(pd.Series([], dtype="Float64"), uk).tolist() == []
