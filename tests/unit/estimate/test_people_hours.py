from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.alternative import also
from evaltools.estimate.people_hours import BANDS, hours_rows


@pytest.fixture
def rows(eleven, kept, own):
    """rows(...): hours of a (20), b (16), g (not known) and k (8); at six weeks a, b and g are at work."""

    def _rows(starters=None, milestones=kept, **rules):
        people = eleven[eleven["started"] == "yes"] if starters is None else starters
        found = hours_rows(people, milestones, own(**rules))
        return {(row["outcome"], row["statistic"], row.get("term"), row.get("horizon")): row for row in found}

    return _rows


def _parts(row):
    return [row[name] for name in ("numerator", "denominator", "missing")]


@pytest.mark.parametrize(("rule", "parts"), [("counts", [2, 3, 1]), ("under", [1, 3, 1]), ("neither", [1, 2, 1])])
def test_the_threshold_by_rule(rows, rule, parts):
    assert _parts(rows(exactly_threshold=rule)["hours_16", "proportion", None, None]) == parts


def test_all_starters_with_the_missing_shown(rows):
    found = rows()
    assert _parts(found["hours_16", "proportion", also("all, at start"), None]) == [2, 4, 1]
    assert _parts(found["hours_16", "proportion", also("exactly 16, at start"), None]) == [1, 3, 1]
    bands = {band: found["hours_band", "proportion", also(f"{band}, at start"), None]["numerator"] for band in BANDS}
    assert bands == {"0": 0, "1-4": 0, "5-15": 1, "16-29": 2, "30+": 0}
    assert found["hours_band", "proportion", also("not known, at start"), None]["numerator"] == 1


def test_mean_and_median_of_known_hours(rows):
    found = rows()
    assert found["hours", "mean", also("at start"), None]["value"] == pytest.approx(44 / 3)
    assert found["hours", "median_hours", also("at start"), None]["value"] == 16


def test_hours_at_a_milestone_are_of_those_who_kept_work(rows):
    found = rows()
    assert _parts(found["hours_16", "proportion", also("at the milestone"), 42]) == [2, 2, 1]
    assert _parts(found["hours_16", "proportion", also("at the milestone"), 91]) == [1, 1, 0]
    assert found["hours", "mean", also("at the milestone"), 91]["value"] == 20


def test_nobodys_hours_known_is_said(rows, eleven):
    nobody = eleven[eleven["started"] == "yes"].assign(hours_per_week=pd.array([None] * 4, dtype="Float64"))
    row = rows(starters=nobody)["hours", "mean", also("at start"), None]
    assert pd.isna(row["value"])
    assert row["note"] == "nobody's hours are known"
    assert _parts(rows(starters=nobody.iloc[:0])["hours_16", "proportion", None, None]) == [0, 0, 0]
