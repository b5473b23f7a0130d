from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools import standardise
from evaltools.errors import EstimateError


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(13)
    n = 800
    site = rng.choice(list("abcd"), n)
    old = (rng.random(n) < np.where(site == "d", 0.8, 0.3)).astype(int)
    p = np.where(old == 1, 0.2, 0.5)
    return pd.DataFrame({"job": (rng.random(n) < p).astype(int), "old": old, "site": site})


def test_a_site_with_harder_people_is_not_marked_down(people):
    crude = people.groupby("site")["job"].mean()
    assert crude["d"] < crude.drop("d").min() - 0.05
    for method, choice in (
        ("indirect", {"formula": "old"}),
        ("direct", {"strata": ["old"]}),
        ("g-computation", {"formula": "old"}),
    ):
        found = standardise(people, "job", "site", method=method, **choice)
        row = found.table.set_index("site").loc["d"]
        value = row["rate"] if method == "indirect" else row["value"]
        assert abs(value - found.programme) < 0.08, method


def test_the_three_ways_say_nearly_the_same_of_like_sites(people):
    rates = [
        standardise(people, "job", "site", formula="old").table.set_index("site")["rate"],
        standardise(people, "job", "site", method="direct", strata=["old"]).table.set_index("site")["value"],
        standardise(people, "job", "site", formula="old", method="g-computation").table.set_index("site")["value"],
    ]
    assert rates[0].sort_index().to_numpy() == pytest.approx(rates[1].sort_index().to_numpy(), abs=0.03)
    assert rates[2].sort_index().to_numpy() == pytest.approx(rates[1].sort_index().to_numpy(), abs=0.03)


def test_observed_and_expected_add_up_and_overlap_is_shown(people):
    found = standardise(people, "job", "site", formula="old")
    assert found.table["expected"].sum() == pytest.approx(found.table["observed"].sum())
    assert found.overlap["overlap"].between(0, 1).all()
    assert "not compared with each other" in found.note


def test_sites_with_nobody_alike_are_said():
    frame = pd.DataFrame(
        {"job": [0, 1] * 100, "age": np.r_[np.arange(100), np.arange(200, 300)], "site": ["a"] * 100 + ["b"] * 100}
    )
    assert "extrapolates" in standardise(frame, "job", "site", formula="age").note


def test_given_expectations_of_nothing_have_no_ratio():
    frame = pd.DataFrame({"site": ["a", "b", "b"], "x": [3, 2, 2], "e": [0.0, 2.5, 1.0]})
    table = standardise(frame, "x", expected="e").table
    assert np.isnan(table["ratio"].iloc[0])
    assert "nothing is expected" in table["note"].iloc[0]
    assert table["ratio"].iloc[1] == pytest.approx(4 / 3.5)


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({}, "E249"),
        ({"method": "direct"}, "E249"),
        ({"method": "g-computation"}, "E249"),
        ({"method": "matching", "formula": "old"}, "E249"),
        ({"expected": "e"}, "E230"),
        ({"formula": "old", "site": "team"}, "E230"),
    ],
)
def test_refusals(people, choices, code):
    with pytest.raises(EstimateError, match=code):
        standardise(people, "job", **choices)


def test_missing_expectations_are_refused():
    with pytest.raises(EstimateError, match="E231"):
        standardise(pd.DataFrame({"site": ["a"], "x": [3], "e": [None]}), "x", expected="e")
