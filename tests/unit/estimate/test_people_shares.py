from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy.stats import chi2_contingency

from evaltools.domain.alternative import ALSO, also, is_default
from evaltools.estimate.people_shares import shares_of_people
from evaltools.estimate.proportion import proportion


@pytest.fixture
def shares(eleven, kept, own):
    """shares(...): every share of the eleven people, under the profile with some rules changed."""

    def _shares(people=eleven, milestones=kept, **rules):
        return pd.DataFrame(shares_of_people(people, milestones, own(**rules), 0.9))

    return _shares


def _one(rows: pd.DataFrame, **where: object) -> pd.Series:
    if not str(where.get("term", "")).startswith(ALSO):
        rows = rows[is_default(rows["term"])]
    for column, wanted in {"group": "all", "statistic": "proportion", **where}.items():
        rows = rows[rows[column].isna() if wanted is None else rows[column] == wanted]
    assert len(rows) == 1
    return rows.iloc[0]


def _parts(row: pd.Series) -> list[float]:
    return row[["numerator", "denominator", "missing", "n"]].tolist()


def test_engaged_of_referred(shares):
    rows = shares()
    for group, numerator, denominator in (("all", 9, 11), ("north", 5, 6), ("south", 4, 5)):
        row = _one(rows, outcome="engaged", group=group)
        assert _parts(row) == [numerator, denominator, 0, denominator]
        assert row["denominator_name"] == "people referred"
        assert row["clock"] == "referral"


def test_a_start_that_is_not_known_is_in_neither_part_of_the_share(shares):
    row = _one(shares(), outcome="job_start")
    assert _parts(row) == [4, 8, 1, 9]
    assert row["denominator_name"] == "people engaged"


def test_every_share_has_its_wilson_interval_at_the_level_asked_for(shares):
    row, expected = _one(shares(), outcome="job_start"), proportion(4, 8, level=0.9)
    assert row[["value", "se", "lower", "upper", "level"]].tolist() == [
        expected.value, expected.se, expected.lower, expected.upper, 0.9,
    ]  # fmt: skip


def test_people_whose_status_at_referral_is_not_known_are_missing_where_only_those_out_of_work_count(shares, eleven):
    scope = eleven.assign(in_scope=eleven["engaged_date"].notna() & (eleven["out_of_work"] == "yes"))
    row = _one(shares(people=scope, job_start_denominator="engaged_out_of_work"), outcome="job_start")
    assert _parts(row) == [4, 6, 2, 7]  # d may have started, c may have been out of work
    assert row["denominator_name"] == "people engaged and out of work"


def test_jobs_for_each_person_engaged_are_a_ratio_without_interval(shares):
    row = _one(shares(), outcome="job_starts", statistic="ratio")
    assert row[["numerator", "denominator", "value", "unit"]].tolist() == [5, 9, 5 / 9, "job"]
    assert pd.isna(row[["lower", "upper", "ci_method"]]).all()


@pytest.mark.parametrize(
    ("weeks", "known", "bounds", "everybody"),
    [(6, [3, 3, 0], [3, 3, 0], [3, 4, 1]), (13, [1, 2, 1], [1, 3, 1], [1, 4, 2])],
)
def test_kept_work_is_shown_three_ways(shares, weeks, known, bounds, everybody):
    rows = shares()
    rows = rows[(rows["outcome"] == "sustained") & (rows["horizon"] == 7 * weeks)]
    name = f"job starters followed for {weeks} weeks"
    assert _parts(_one(rows, denominator_name=f"{name} whose outcome is known"))[:3] == known
    assert _parts(_one(rows, denominator_name=name, statistic="bounds"))[:3] == bounds
    assert _parts(_one(rows, denominator_name="all job starters", term="all starters"))[:3] == everybody


def test_bounds_reach_from_nobody_to_everybody_out_of_contact(shares):
    row = _one(shares(), outcome="sustained", statistic="bounds", horizon=91)
    assert row[["lower", "upper"]].tolist() == [1 / 3, 2 / 3]
    assert pd.isna(row["value"])


@pytest.mark.parametrize(("rule", "parts"), [("counts", [2, 3, 1, 3]), ("neither", [1, 2, 1, 3])])
def test_a_job_of_exactly_the_threshold_counts_or_is_in_neither_group(shares, rule, parts):
    row = _one(shares(exactly_threshold=rule), outcome="hours_16")
    assert _parts(row) == parts
    apart = ", other than exactly 16" if rule == "neither" else ""
    assert row["denominator_name"] == f"job starters with known hours{apart}"
    said = row[["note"]].fillna("")["note"]
    assert said == ("people on exactly the threshold are in neither group" if rule == "neither" else "")


def test_no_note_of_a_share_holds_a_count(shares):
    rows = shares(exactly_threshold="neither")
    notes = rows.loc[rows["term"] != "homogeneity", "note"].astype("string")
    assert notes.notna().any()
    assert not notes.str.contains("[1-9]").any()


def test_nobody_on_the_threshold_needs_no_note(shares):
    row = _one(shares(exactly_threshold="neither", hours_threshold=15), outcome="hours_15")
    assert _parts(row) == [2, 3, 1, 3]
    assert pd.isna(row["note"])


def test_no_hours_known_is_a_share_that_cannot_be_given(shares, eleven):
    for hours in (pd.Series(pd.NA, eleven.index, dtype="Float64"), pd.Series(float("nan"), eleven.index)):
        for rule in ("counts", "neither"):
            row = _one(shares(people=eleven.assign(hours_per_week=hours), exactly_threshold=rule), outcome="hours_16")
            assert _parts(row) == [0, 0, 4, 0]
            assert pd.isna(row["value"])
            assert row["note"] == "the denominator is 0"


def test_sites_are_compared_by_pearsons_test(shares):
    rows = shares()
    for outcome, table, horizon in (
        ("engaged", [[5, 1], [4, 1]], None),
        ("job_start", [[2, 2], [2, 2]], None),
        ("hours_16", [[2, 0], [0, 1]], None),
    ):
        expected = chi2_contingency(table, correction=False)
        for statistic, value in (("chi2", expected.statistic), ("df", expected.dof), ("p", expected.pvalue)):
            row = _one(rows, outcome=outcome, statistic=statistic, horizon=horizon, term="homogeneity", group_by="site")
            assert row["value"] == pytest.approx(value)


def test_sites_that_cannot_be_compared_say_why(shares):
    row = _one(shares(), outcome="sustained", statistic="chi2", horizon=42, denominator_name="all job starters")
    assert row["value"] is not None
    known = "job starters followed for 6 weeks whose outcome is known"
    alike = _one(shares(), outcome="sustained", statistic="chi2", horizon=42, denominator_name=known)
    assert pd.isna(alike["value"])
    assert alike["note"] == "everybody has the same outcome"


def test_one_person_at_one_site(shares, eleven, kept):
    rows = shares(people=eleven.iloc[[0]], milestones=kept[kept["participant_id"] == "a"])
    assert _parts(_one(rows, outcome="job_start")) == [1, 1, 0, 1]
    assert _parts(_one(rows, outcome="job_start", group="north")) == [1, 1, 0, 1]
    assert _one(rows, outcome="job_start", statistic="chi2")["note"].startswith("fewer than two groups")


def test_nobody_who_started_leaves_no_rows_of_kept_work(shares, eleven, kept):
    rows = shares(people=eleven[eleven["started"] != "yes"], milestones=kept.iloc[:0])
    assert "sustained" not in set(rows["outcome"])
    assert _parts(_one(rows, outcome="job_start"))[:2] == [0, 4]


def test_nobody_at_all_is_a_programme_of_nobody_and_no_sites(shares, eleven, kept):
    rows = shares(people=eleven.iloc[:0], milestones=kept.iloc[:0])
    assert set(rows["group_by"]) == {"programme"}
    assert _parts(_one(rows, outcome="engaged")) == [0, 0, 0, 0]


def test_further_readings_come_after_the_default_and_are_not_compared_between_sites(shares):
    rows = shares()
    for _, mine in rows[rows["group"] == "all"].groupby(["outcome", "group_by"]):
        if is_default(mine["term"]).any() and set(mine["group_by"]) == {"programme"}:
            assert is_default(mine["term"]).iloc[0]
    names = set(rows.loc[rows["term"] == also("of people referred"), "denominator_name"])
    tests = rows[rows["term"] == "homogeneity"]
    assert names == {"people referred"}
    assert not ((tests["outcome"] == "job_start") & tests["denominator_name"].isin(names)).any()


def test_inputs_are_left_alone(shares, eleven, kept):
    before = eleven.copy(), kept.copy()
    shares()
    assert_frame_equal(before[0], eleven)
    assert_frame_equal(before[1], kept)
