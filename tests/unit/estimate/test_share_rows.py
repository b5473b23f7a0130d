from __future__ import annotations

import pandas as pd
import pytest

from evaltools.estimate.proportion import proportion
from evaltools.estimate.share_rows import groups_of, share_row, with_intervals

ROW = share_row("engaged", 3, 4, 1, "people referred", "referral")


def test_a_row_says_what_it_is_a_share_of():
    assert [ROW[name] for name in ("numerator", "denominator", "missing", "denominator_name", "clock", "unit")] == [
        3, 4, 1, "people referred", "referral", "person",
    ]  # fmt: skip
    assert share_row("engaged", 3, 4, 1, "referrals", "referral", unit="referral", n=9)["n"] == 9


def test_each_statistic_has_its_own_limits():
    bounds = ROW | {"statistic": "bounds", "missing": 1, "numerator": 2}
    ratio = ROW | {"statistic": "ratio", "numerator": 8}
    given = ROW | {"statistic": "delta_adjusted", "value": 0.4}
    share, range_, jobs, kept = with_intervals([ROW, bounds, ratio, given], 0.9)
    wanted = proportion(3, 4, level=0.9)
    assert [share["value"], share["lower"], share["upper"]] == [wanted.value, wanted.lower, wanted.upper]
    assert [range_["lower"], range_["upper"]] == [0.5, 0.75]
    assert pd.isna(range_["value"])
    assert jobs["value"] == 2
    assert "lower" not in jobs
    assert kept["value"] == 0.4
    assert {row["level"] for row in (share, range_, jobs, kept)} == {0.9}


@pytest.mark.parametrize("statistic", ["proportion", "bounds", "ratio"])
def test_nobody_is_said_to_be_nobody(statistic):
    (row,) = with_intervals([share_row("engaged", 0, 0, 0, "people", "referral", statistic=statistic, note="n")], 0.95)
    assert row["note"] == "the denominator is 0"
    assert pd.isna(row["value"])


def test_groups_are_the_programme_and_each_site():
    people = pd.DataFrame({"site_id": ["south", "north", "south"]})
    assert [(by, name, len(pick(people))) for by, name, pick in groups_of(people)] == [
        ("programme", "all", 3), ("site", "north", 1), ("site", "south", 2),
    ]  # fmt: skip
    assert with_intervals([], 0.95) == []
