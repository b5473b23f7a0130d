from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from evaltools.errors import EstimateError
from evaltools.estimate.proportion import proportion, proportions


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "lower", "upper"),
    [  # published site figures, Wilson 95%
        (219, 704, 0.311, 0.278, 0.346),
        (84, 239, 0.351, 0.294, 0.414),
        (831, 2610, 0.318, 0.301, 0.337),
        (590, 1926, 0.306, 0.286, 0.327),
    ],
)
def test_published_intervals(numerator, denominator, value, lower, upper):
    share = proportion(numerator, denominator)
    assert [round(share.value, 3), round(share.lower, 3), round(share.upper, 3)] == [value, lower, upper]
    assert share.method == "Wilson"


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.8, 0.95, 0.99]))
def test_agrees_with_statsmodels(counts, level):
    share = proportion(*counts, level=level)
    lower, upper = proportion_confint(*counts, alpha=1 - level, method="wilson")
    assert share.lower == pytest.approx(lower, abs=1e-12)
    assert share.upper == pytest.approx(upper, abs=1e-12)
    assert share.lower <= share.value <= share.upper


@pytest.mark.parametrize(("numerator", "lower", "upper"), [(0, 0, 0.2775), (10, 0.7225, 1)])
def test_none_and_all_keep_an_interval(numerator, lower, upper):
    share = proportion(numerator, 10)
    assert share.lower == pytest.approx(lower, abs=1e-4)
    assert share.upper == pytest.approx(upper, abs=1e-4)
    assert share.se == 0


def test_more_than_all_is_shown_without_interval_and_with_its_reason():
    share = proportion(111, 75)
    assert share.value == pytest.approx(1.48)
    assert (share.se, share.lower, share.upper) == (None, None, None)
    assert share.reason == "the numerator (111) exceeds the denominator (75)"


@pytest.mark.parametrize(
    ("numerator", "denominator", "reason"),
    [
        (0, 0, "the denominator is 0"),
        (None, 65, "the numerator is not known"),
        (3, None, "the denominator is not known"),
    ],
)
def test_unknown_is_missing_never_zero(numerator, denominator, reason):
    share = proportion(numerator, denominator)
    assert share.value is None
    assert share.lower is None
    assert share.reason == reason


def test_columns_may_be_nullable():
    table = proportions(pd.Series([1, None], dtype="Int64"), pd.Series([4, 5], dtype="Int64"))
    assert table["value"].tolist()[0] == 0.25
    assert pd.isna(table["value"].tolist()[1])
    assert table["reason"].tolist() == ["", "the numerator is not known"]


def test_a_negative_count_is_an_error():
    with pytest.raises(EstimateError, match="negative"):
        proportion(-1, 3)
