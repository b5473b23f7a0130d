from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.domain.results import Results
from evaltools.estimate.benefit_off_flow import estimate_benefits
from evaltools.estimate.misclassification import correct_misclassification
from evaltools.estimate.turnbull import turnbull

_WHO = """
who site  on      group       now     last-on off followed started permitted
a   north yes     esa_support off     31      90  400      yes     yes
b   north yes     esa_support off     0       200 400      no      no
c   north yes     esa_support on      300     -   400      yes     no
d   north yes     uc          unknown 0       -   400      no      no
e   south yes     uc          off     0       50  60       yes     no
f   south yes     uc          on      40      -   60       no      no
g   south no      -           -       -       -   400      yes     -
h   south unknown -           -       -       -   400      no      -
"""


@pytest.fixture
def frame():
    rows = [line.split() for line in _WHO.strip().splitlines()]
    table = pd.DataFrame(rows[1:], columns=rows[0]).replace("-", None)
    table["definition"], table["returned"] = "d", pd.array([False, True, *[None] * 6], dtype="boolean")
    table = table.rename(
        columns={"site": "site_id", "on": "on_benefit", "group": "benefit_group", "now": "status", "last-on": "left"}
    ).rename(columns={"off": "right", "followed": "followed_days", "permitted": "permitted_work"})
    return table.astype({"left": "Float64", "right": "Float64", "followed_days": "Float64", "status": "string"})


@pytest.fixture
def results(frame):
    return lambda **settings: estimate_benefits(frame, [91, 182], 0.95, date(2019, 12, 31), **settings)


def one(results: Results, **where) -> pd.Series:
    rows = results.estimates
    for column, wanted in {"group": "all", "statistic": "proportion", "term": None, "horizon": None, **where}.items():
        rows = rows[rows[column].isna() if wanted is None else rows[column] == wanted]
    assert len(rows) == 1
    return rows.iloc[0]


def parts(row: pd.Series) -> list[float]:
    return row[["numerator", "denominator", "missing"]].tolist()


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, [3, 5, 1]),
        ({"group": "north"}, [2, 3, 1]),
        ({"group": "south"}, [1, 2, 0]),
        ({"group": "esa_support"}, [2, 3, 0]),
        ({"group": "uc"}, [1, 2, 1]),
        ({"term": "starters"}, [2, 3, 0]),
        ({"term": "permitted work"}, [1, 1, 0]),
        ({"statistic": "bounds"}, [3, 6, 1]),
        ({"horizon": 91}, [1, 2, 2]),  # a is off, c still on; between b's reports and after d's only one nothing is known
        ({"horizon": 91, "statistic": "bounds"}, [1, 4, 2]),  # e and f have not been followed so long
        ({"horizon": 182}, [1, 2, 2]),
    ],
)
def test_numbers_of_people(results, where, expected):
    assert parts(one(results(), **where)) == expected


def test_those_whose_status_is_not_known_are_never_still_on_benefit(results):
    row = one(results(), statistic="bounds")
    assert row[["lower", "upper"]].tolist() == [3 / 6, 4 / 6]
    assert one(results())["denominator_name"].endswith("whose later status is known")


def test_the_corrected_share_stands_beside_the_reported_one(results):
    row = one(results(sensitivity=0.8, specificity=0.9), statistic="corrected_proportion")
    wanted = correct_misclassification(3, 5, 0.8, 0.9)
    assert row[["value", "lower", "upper"]].tolist() == [wanted.value, wanted.lower, wanted.upper]
    assert "sensitivity 0.8 and specificity 0.9" in row["note"]
    assert "corrected_proportion" not in set(results().estimates["statistic"])


def test_the_share_by_a_day_lies_between_what_the_reports_allow(results):
    row = one(results(), statistic="cumulative_incidence", term="off benefit", horizon=91)
    lowest, highest = turnbull([31, 0, 300, 0, 40], [90, 200, float("inf"), 50, float("inf")]).at([91])
    assert row[["lower", "upper"]].tolist() == [lowest[0], highest[0]]
    assert parts(row)[1:] == [5, 1]
    assert row["events"] == 3


def test_no_share_is_told_beyond_the_follow_up(results):
    rows = results().estimates
    told = rows[(rows["statistic"] == "cumulative_incidence") & (rows["group"] == "south")]
    assert told.empty  # its people were followed for 60 days


def test_what_people_were_on_is_counted(results):
    counts = results().counts
    mine = counts[counts["row"] == "all"].set_index("column")["n"]
    assert mine.to_dict() == {
        "d.engaged": 8, "d.on_benefit": 6, "d.not_on_benefit": 1, "d.unknown_benefit": 1,
        "d.now_off": 3, "d.now_on": 2, "d.now_unknown": 1, "d.returned": 1,
    }  # fmt: skip
    assert mine["d.engaged"] == mine[["d.on_benefit", "d.not_on_benefit", "d.unknown_benefit"]].sum()


def test_ids_are_unique_and_say_it_was_told_by_people(results):
    rows = results(sensitivity=0.8, specificity=0.9).estimates
    assert rows["estimate_id"].is_unique
    assert "payment" in one(results())["note"]


def test_nothing_in_nothing_out(frame):
    empty = estimate_benefits(frame.iloc[:0], [91], 0.95, date(2019, 12, 31))
    assert empty.estimates.empty
    assert empty.counts.empty


def test_where_nobody_was_asked_again_there_are_only_bounds(frame):
    rows = estimate_benefits(frame[frame["status"] == "unknown"], [91], 0.95, date(2019, 12, 31)).estimates
    assert "cumulative_incidence" not in set(rows["statistic"])
    whole = rows[(rows["statistic"] == "bounds") & (rows["group"] == "all") & rows["horizon"].isna() & rows["term"].isna()]
    assert whole[["lower", "upper"]].to_numpy().tolist() == [[0, 1]]


def test_nobody_on_benefit_leaves_only_counts(frame):
    done = estimate_benefits(frame[frame["on_benefit"] != "yes"], [91], 0.95, date(2019, 12, 31))
    assert done.estimates.empty
    assert len(done.counts)
