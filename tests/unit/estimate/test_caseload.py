from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.estimate.caseload import estimate_caseload

CUT = date(2019, 12, 31)


@pytest.fixture
def days():
    rows = [
        ("north", 10, 1, 1.0, 20, 0),
        ("north", 10, 1, 0.5, 11, 2),  # 22 for a full-time equivalent
        ("north", 20, 1, 1.0, 26, 0),
        ("south", 10, 1, None, 30, 0),
        ("south", 5, 0, None, 4, 0),
        ("south", 8, 1, 0.0, 4, 0),
    ]
    frame = pd.DataFrame(rows, columns=["site_id", "days", "posts", "fte", "caseload", "contested"])
    return frame.assign(definition="d").astype({"fte": "Float64"})


@pytest.fixture
def results(days):
    return estimate_caseload(days, 0.95, CUT)


def one(results, **where):
    rows = results.estimates
    for column, wanted in {"group": "all", "term": None, **where}.items():
        rows = rows[rows[column].isna() if wanted is None else rows[column] == wanted]
    assert len(rows) == 1
    return rows.iloc[0]


def test_the_mean_weighs_every_day_and_full_time_equivalent(results):
    row = one(results, statistic="mean")
    assert row[["numerator", "denominator", "missing"]].tolist() == [200 + 110 + 520, 10 + 5 + 20, 15]
    assert row["value"] == pytest.approx(830 / 35)


@pytest.mark.parametrize(
    ("term", "held"),
    [
        ("20 or fewer", 10),
        ("over 20 to 25", 5),
        ("over 25 to 30", 20),
        ("over 30 to 40", 0),
        ("over 40", 0),
        ("above 20", 25),
        ("above 25", 20),
    ],
)
def test_days_by_caseload_for_a_full_time_equivalent(results, term, held):
    row = one(results, statistic="share_of_days", term=term)
    assert row[["numerator", "denominator"]].tolist() == [held, 35]
    assert row["value"] == pytest.approx(held / 35)
    assert pd.isna(row["lower"])  # days of one specialist are no sample


def test_the_bands_add_up(results):
    bands = results.estimates[results.estimates["statistic"] == "share_of_days"]
    bands = bands[(bands["group"] == "all") & ~bands["term"].str.startswith("above")]
    assert bands["value"].sum() == pytest.approx(1)


def test_a_site_without_known_exposure_has_no_mean(results):
    row = one(results, statistic="mean", group="south")
    assert pd.isna(row["value"])
    assert row["missing"] == 15


def test_what_was_not_counted_is_counted(results):
    held = results.counts[results.counts["row"] == "south"].set_index("column")["n"]
    assert held.to_dict() == {
        "d.days_in_post": 18, "d.fte_unknown_days": 10, "d.case_days": 352, "d.case_days_without_post": 20,
        "d.contested_case_days": 0,
    }  # fmt: skip


def test_other_bands_may_be_asked_for(days):
    rows = estimate_caseload(days, 0.95, CUT, cuts=(25, 40, 60, 80)).estimates
    assert rows.loc[rows["term"] == "25 or fewer", "numerator"].iloc[0] == 15


def test_nothing_in_nothing_out():
    assert estimate_caseload(pd.DataFrame(), 0.95, CUT).estimates.empty
