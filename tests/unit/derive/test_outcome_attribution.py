from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.derive.day_numbers import NEVER, to_dates
from evaltools.derive.outcome_attribution import caseload_on, holder_on

HOLDS = pd.DataFrame(
    {
        "row": [0, 0, 1, 1],
        "specialist_id": ["A", "B", "A", "C"],
        "site_id": "north",
        "first": [1, 11, 1, 6],
        "last": [10, 20, 9, 9],
    }
)


@pytest.mark.parametrize(
    ("days", "credit", "holders"),
    [
        ([1, 5], ["held", "held"], ["A", "A"]),
        ([10, 6], ["held", "contested"], ["A", None]),
        ([11, 9], ["held", "contested"], ["B", None]),
        ([21, 10], ["nobody", "nobody"], [None, None]),
        ([0, NEVER], ["nobody", None], [None, None]),
    ],
)
def test_who_held_the_case_on_a_day(days, credit, holders):
    found = holder_on(HOLDS, np.array(days))
    assert [None if pd.isna(each) else each for each in found["credit"]] == credit
    assert [None if pd.isna(each) else each for each in found["specialist_id"]] == holders


def test_somebody_whom_nobody_ever_held():
    assert holder_on(HOLDS, np.array([1, 1, 1]))["credit"].tolist() == ["held", "held", "nobody"]


@pytest.fixture
def runs():
    return pd.DataFrame(
        {
            "specialist_id": ["A", "A", "B"],
            "site_id": "north",
            "first_day": to_dates(np.array([1, 11, 1])),
            "last_day": to_dates(np.array([10, 20, 5])),
            "caseload": [3, 4, 7],
            "fte": pd.array([1.0, None, 0.5], dtype="Float64"),
        }
    )


@pytest.mark.parametrize(
    ("who", "day", "caseload"),
    [("A", 1, 3), ("A", 10, 3), ("A", 11, 4), ("A", 21, None), ("A", 0, None), ("B", 5, 7), ("B", 6, None), ("C", 5, None)],
)
def test_the_caseload_of_a_day(runs, who, day, caseload):
    asked = pd.DataFrame({"specialist_id": [who, None], "site_id": ["north", None]})
    found = caseload_on(runs, asked, np.array([day, day]))
    assert [None if pd.isna(each) else each for each in found["caseload"]] == [caseload, None]


def test_the_order_of_runs_does_not_matter(runs):
    asked = pd.DataFrame({"specialist_id": ["A", "B"], "site_id": "north"})
    mixed = runs.sample(frac=1, random_state=1)
    assert caseload_on(mixed, asked, np.array([12, 1]))["caseload"].tolist() == [4, 7]


def test_without_runs_nothing_is_known(runs):
    asked = pd.DataFrame({"specialist_id": ["A"], "site_id": "north"})
    assert caseload_on(runs.iloc[:0], asked, np.array([12]))["caseload"].isna().all()
