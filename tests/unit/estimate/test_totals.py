from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.estimate.totals import Totals


@pytest.fixture
def counts():
    return pd.DataFrame(
        [
            ("a", "engaged", None, None, 10),
            ("a", "engaged", None, None, 5),  # a second period
            ("b", "engaged", None, None, 7),
            ("a", "engaged", "sex", "unknown", 1),
            ("a", "engaged", "sex", "female", 9),
            ("b", "job_starts", None, None, None),
        ],
        columns=["site_id", "measure", "group_by", "group", "count"],
    ).astype({"group_by": "string", "group": "string", "count": "Float64"})


def test_periods_sites_and_measures_are_added(counts):
    totals = Totals.from_frame(counts)
    assert totals.add(["a"], ["engaged"]) == 15
    assert totals.add(["a", "b"], ["engaged"]) == 22
    assert totals.add(["a"], ["engaged"], "sex", "female") == 9


@pytest.mark.parametrize(
    ("sites", "measures"), [(["b"], ["job_starts"]), (["a"], ["job_starts"]), (["a", "b"], ["engaged", "job_starts"])]
)
def test_missing_and_unpublished_counts_make_the_sum_missing(counts, sites, measures):
    assert np.isnan(Totals.from_frame(counts).add(sites, measures))


def test_unknown_comes_last_among_the_subgroups(counts):
    assert Totals.from_frame(counts).subgroups == {"sex": ("female", "unknown")}


def test_programme_comes_first_and_other_sites_stand_alone(counts):
    totals = Totals.from_frame(counts, ["b"])
    assert totals.populations() == {"programme": ("b",), "b": ("b",), "a": ("a",)}


def test_leaves_its_input_alone(counts):
    before = counts.copy()
    Totals.from_frame(counts)
    assert counts.equals(before)
