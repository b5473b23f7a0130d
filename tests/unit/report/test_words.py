from __future__ import annotations

import pytest

from evaltools.report.words import (
    chi_squared,
    count,
    day,
    few,
    interval,
    listing,
    percent,
    plural,
    pounds,
    probability,
    sentence,
)


def test_missing_numbers_are_hidden():
    assert [count(None), percent(None), pounds(None)] == ["[c]"] * 3
    assert interval(0.1, None) == ""


def test_numbers_are_written_as_in_britain():
    assert count(1234567) == "1,234,567"
    assert pounds(1568319) == "£1,568,319"
    assert day("2019-09-30") == "30 September 2019"
    assert day("not a date") == "not a date"


@pytest.mark.parametrize(("p", "words"), [(0.05, "p = 0.050"), (0.0065, "p = 0.0065"), (0.0009, "p is less than 0.001")])
def test_probabilities_are_never_zero(p, words):
    assert probability(p) == words


def test_one_degree_of_freedom():
    assert chi_squared(5, 1, 0.025) == "chi-squared 5 on 1 degree of freedom, p = 0.025"


def test_phrases():
    assert [listing([]), listing(["a"]), listing(["a", "b"])] == ["", "a", "a and b"]
    assert [few(0), few(9), few(10)] == ["no", "nine", "10"]
    assert plural(1, "file") == "1 file"
    assert sentence("") == ""


def test_a_statistic_has_no_more_digits_than_are_held():
    assert chi_squared(47.8, 5, 0.001).startswith("chi-squared 47.8 on")
    assert chi_squared(12.2645, 3, 0.0065).startswith("chi-squared 12.26 on")
