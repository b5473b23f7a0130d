from __future__ import annotations

import dataclasses
from datetime import date

import pandas as pd
import pytest
from scipy.stats import ttest_1samp

from evaltools.domain.instrument import INSTRUMENTS
from evaltools.estimate.measure_change import estimate_measures

CUT = date(2019, 12, 31)
_WHO = """
who instrument site  base later change state
a   gse        north 20   30    10     known
b   gse        north 25   24    -1     known
c   gse        south 30   -     -      no_follow-up
d   gse        south 22   28    6      known
e   gse        south 15   -     -      not_yet
f   gse        north -    30    -      no_baseline
a   phq9       north 20   10    10     known
b   phq9       north 10   -     -      no_follow-up
"""
SCORES = pd.DataFrame(
    {
        "site_id": ["north", "south", "north"],
        "instrument": ["gse", "gse", "gse"],
        "use": ["used", "used", "outside the range"],
        "n": [6, 4, 1],
    }
)


@pytest.fixture
def people():
    rows = [line.split() for line in _WHO.strip().splitlines()]
    table = pd.DataFrame(rows[1:], columns=rows[0]).replace("-", None)
    table["state"] = table["state"].str.replace("_", " ")
    table = table.rename(columns={"site": "site_id", "base": "baseline", "later": "follow_up"}).assign(
        definition="d", days=182
    )
    for name in ("better", "minimum", "maximum"):
        table[name] = [getattr(INSTRUMENTS[each], name) for each in table["instrument"]]
    return table.astype({"baseline": "Float64", "change": "Float64", "better": "string"})


def one(rows, **where):
    for column, wanted in {"group": "all", **where}.items():
        rows = rows[rows[column] == wanted]
    assert len(rows) == 1
    return rows.iloc[0]


def test_the_mean_change_has_the_t_interval_of_paired_scores(people):
    row = one(estimate_measures(people, SCORES, 0.9, CUT).estimates, outcome="change_gse", statistic="mean_change")
    interval = ttest_1samp([10, -1, 6], 0).confidence_interval(0.9)
    assert row[["value", "lower", "upper"]].tolist() == pytest.approx([5, interval.low, interval.high])
    assert row[["n", "missing", "numerator", "denominator", "horizon"]].tolist() == [3, 1, 15, 3, 182]
    assert row["unit"] == "point"
    assert row["note"].startswith("1 people engaged without a baseline")


def test_the_lost_may_have_gone_to_either_end_of_the_scale(people):
    rows = estimate_measures(people, SCORES, 0.95, CUT).estimates
    gse = one(rows, outcome="change_gse", statistic="mean_change_bounds")
    assert gse[["lower", "upper"]].tolist() == [(15 - 20) / 4, (15 + 10) / 4]  # from 30, to 10 or to 40
    phq = one(rows, outcome="change_phq9", statistic="mean_change_bounds")
    assert phq[["lower", "upper"]].tolist() == [(10 - 17) / 2, (10 + 10) / 2]  # lower is better: from 10, to 27 or to 0


def test_instruments_have_rows_of_their_own(people):
    rows = estimate_measures(people, SCORES, 0.95, CUT).estimates
    assert {"change_gse", "change_phq9", "improved_gse", "improved_phq9"} == set(rows["outcome"])
    assert one(rows, outcome="improved_gse", statistic="proportion")[
        ["numerator", "denominator", "missing"]
    ].tolist() == [2, 3, 1]  # fmt: skip
    assert one(rows, outcome="improved_gse", statistic="bounds")[["lower", "upper"]].tolist() == [0.5, 0.75]
    assert rows["estimate_id"].is_unique


def test_reliable_change_needs_a_stated_reliability(people):
    stated = {**INSTRUMENTS, "gse": dataclasses.replace(INSTRUMENTS["gse"], reliability=0.86, sd=5.0)}
    rows = estimate_measures(people, SCORES, 0.95, CUT, stated).estimates
    # 1.96 x 5 x sqrt(2 x 0.14) = 5.19: 10 and 6 are beyond it
    assert one(rows, outcome="reliably_improved_gse", statistic="proportion")["numerator"] == 2
    assert one(rows, outcome="reliably_worse_gse", statistic="proportion")["numerator"] == 0
    assert "reliably_improved_phq9" not in set(rows["outcome"])


def test_where_better_is_not_known_nothing_is_an_improvement(people):
    blind = people[people["instrument"] == "gse"].assign(better=pd.NA, instrument="star").astype({"better": "string"})
    assert set(estimate_measures(blind, SCORES, 0.95, CUT).estimates["outcome"]) == {"change_star"}


def test_nobody_due_has_no_mean(people):
    waiting = people[people["state"] == "not yet"]
    row = one(estimate_measures(waiting, SCORES, 0.95, CUT).estimates, outcome="change_gse", statistic="mean_change")
    assert pd.isna(row[["value", "lower", "upper"]]).all()
    assert row["n"] == 0


def test_scores_set_aside_are_counted(people):
    counts = estimate_measures(people, SCORES, 0.95, CUT).counts
    held = counts.set_index(["row", "column"])["n"].to_dict()
    assert held == {
        ("all", "gse.outside the range"): 1, ("all", "gse.used"): 10,
        ("north", "gse.outside the range"): 1, ("north", "gse.used"): 6, ("south", "gse.used"): 4,
    }  # fmt: skip


def test_nothing_in_nothing_out(people):
    done = estimate_measures(people.iloc[:0], SCORES.iloc[:0], 0.95, CUT)
    assert done.estimates.empty
    assert done.counts.empty
    assert estimate_measures(pd.DataFrame(), pd.DataFrame(columns=list(SCORES)), 0.95, CUT).estimates.empty
