from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from evaltools.errors import EstimateError
from evaltools.estimate.homogeneity import homogeneity


@pytest.mark.parametrize(
    ("table", "statistic", "p"),
    [
        ([[219, 485], [84, 155], [170, 326], [358, 813]], 3.60, 0.308),  # job starts of four sites
        ([[104, 115], [56, 28], [78, 92], [194, 164]], 12.26, 0.0065),  # kept for 13 weeks
        ([[47, 87], [35, 42], [23, 41], [15, 23], [21, 31]], 2.50, 0.64),  # Perkins 2022, table 3
        ([[134, 77, 64, 38, 52], [2774, 1158, 810, 936, 1335]], 22.05, 0.0002),  # Perkins 2022, table 2
    ],
)
def test_published_tests(table, statistic, p):
    result = homogeneity(table)
    assert result.statistic == pytest.approx(statistic, abs=0.01)
    assert result.p == pytest.approx(p, abs=0.005)


def test_agrees_with_scipy():
    table = np.random.default_rng(7).integers(5, 90, size=(5, 4))
    other = chi2_contingency(table, correction=False)
    result = homogeneity(table)
    assert result.statistic == pytest.approx(other.statistic, rel=1e-12)
    assert (result.df, result.n, result.groups) == (12, table.sum(), 5)
    assert result.p == pytest.approx(other.pvalue, rel=1e-10)


def test_two_by_two_has_no_continuity_correction():
    a, b, c, d = 85, 71, 43, 113  # the textbook formula n (ad - bc)^2 / product of the margins
    by_hand = 312 * (a * d - b * c) ** 2 / ((a + b) * (c + d) * (a + c) * (b + d))
    assert homogeneity([[a, b], [c, d]]).statistic == pytest.approx(by_hand, rel=1e-12)


def test_empty_rows_and_columns_are_left_out_with_a_note():
    result = homogeneity([[10, 20, 0], [15, 15, 0], [0, 0, 0]])
    assert (result.df, result.groups) == (1, 2)
    assert "all 0 were left out" in result.note


def test_small_expected_counts_are_noted():
    assert "smallest expected count 2.1" in homogeneity([[46, 98], [37, 77], [18, 45], [5, 16], [1, 6]]).note


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([[3, 4]], "fewer than two groups"),
        ([[3, 4], [0, 0]], "fewer than two groups"),
        ([[0, 0], [0, 0]], "fewer than two groups"),
        ([[3, 0], [5, 0]], "the same outcome"),
    ],
)
def test_what_cannot_be_tested_says_why(table, reason):
    result = homogeneity(table)
    assert (result.statistic, result.df, result.p) == (None, None, None)
    assert reason in result.reason


@pytest.mark.parametrize("table", [[[1, -1], [2, 2]], [[1, np.nan], [2, 2]], [1, 2]])
def test_a_bad_cell_is_an_error(table):
    with pytest.raises(EstimateError, match="leave out"):
        homogeneity(table)
