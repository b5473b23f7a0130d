from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.domain.results import COUNTS, CURVES, tidy
from evaltools.estimate.people_curves import curves_of_people


@pytest.fixture
def drawn(eleven, own):
    """drawn(...): the curves of the eleven people, read at 25, 91 and 365 days."""

    def _drawn(people=eleven, **rules):
        return curves_of_people(people, own(**rules), [25, 91, 365], 0.95)

    return _drawn


def _read(rows: list[dict[str, object]], column: str = "value", **where: object) -> list[object]:
    where = {"group": "all", **where}
    found = [row for row in rows if all(row.get(key) == wanted for key, wanted in where.items())]
    return [None if pd.isna(row[column]) else row[column] for row in found]


def test_the_share_with_a_job_first_is_worked_out_by_hand(drawn):
    """Nine people: jobs on days 5, 10, 20, 20; leaving on 30; one lost on 40; a death on 50; two followed on."""
    rows = drawn().estimates
    job = {"statistic": "cumulative_incidence", "term": "job"}
    left = {"statistic": "cumulative_incidence", "term": "left"}
    assert _read(rows, **job) == [pytest.approx(4 / 9), pytest.approx(4 / 9), None]
    assert _read(rows, **left) == [0, pytest.approx(1 / 9 + 4 / 9 / 3), None]
    assert _read(rows, "events", **job) == [4, 4, 4]
    assert _read(rows, "events", **left) == [0, 2, 2]
    assert _read(rows, "denominator", **job) == [9, 9, 9]
    assert _read(rows, "note", **job) == [None, None, "follow-up ends before this day"]
    assert _read(rows, "horizon", **job) == [25, 91, 365]


def test_had_nobody_left_more_would_have_started(drawn, eleven):
    people = eleven.assign(days=eleven["days"].mask(eleven["participant_id"] == "g", 70))  # a job after two had gone
    rows = drawn(people=people).estimates
    km = {"statistic": "one_minus_survival", "term": "job"}
    # at risk: 9, 8, 7, then 2 on day 70
    assert _read(rows, **km)[:2] == [pytest.approx(1 - 6 / 9), pytest.approx(1 - 6 / 9 * 1 / 2)]
    assert _read(rows, "note", **km)[0] == "hypothetical: had nobody left the service"
    aj = _read(rows, statistic="cumulative_incidence", term="job")
    assert aj[1] < _read(rows, **km)[1]


def test_limits_lie_on_their_sides_of_the_value(drawn):
    for row in drawn().estimates:
        if not pd.isna(row["value"]) and not pd.isna(row["lower"]) and not pd.isna(row["upper"]):
            assert row["lower"] <= row["value"] <= row["upper"]


def test_each_site_has_curves_of_its_own(drawn):
    rows = drawn().estimates
    where = {"statistic": "cumulative_incidence", "term": "job", "group_by": "site"}
    assert _read(rows, group="north", **where)[:2] == [pytest.approx(2 / 5)] * 2
    assert _read(rows, "denominator", group="south", **where) == [4, 4, 4]


def test_a_median_that_is_not_reached_says_so(drawn):
    rows = drawn().estimates
    assert _read(rows, statistic="median") == [None]
    assert _read(rows, "note", statistic="median") == ["not reached: fewer than half had started a job"]
    assert _read(rows, statistic="median", group="south") == [20]
    assert _read(rows, "note", statistic="median", group="south") == [None]


def test_who_stops_on_the_day_has_lasted_the_weeks(drawn):
    """Four starters: last seen in work after 10 days, stopped after 50 and after 91, held for 200."""
    rows = drawn().estimates
    held = {"outcome": "job_held", "statistic": "survival"}
    assert _read(rows, **held) == [1, pytest.approx(2 / 3)]
    assert _read(rows, "horizon", **held) == [42, 91]
    assert _read(rows, "events", **held) == [0, 1]
    assert _read(rows, "denominator", **held) == [4, 4]


def test_people_at_risk_are_counted_for_each_curve(drawn):
    counts = tidy(drawn().counts, COUNTS)
    for table, expected in {
        "at_risk.own.job_start.programme": {"0": 9, "25": 5, "91": 1, "365": 0},
        "at_risk.own.job_held.programme": {"0": 4, "42": 3, "91": 2, "182": 1, "364": 0},
    }.items():
        mine = counts[counts["table_id"] == table]
        assert dict(zip(mine["column"], mine["n"], strict=True)) == expected


def test_curves_have_their_causes_and_add_up(drawn):
    curves = tidy(drawn().curves, CURVES)
    ids = {f"own.{outcome}.{by}" for outcome in ("job_start", "job_start_km", "job_held") for by in ("programme", "site")}
    assert set(curves["curve_id"]) == ids
    whole = curves[curves["curve_id"] == "own.job_start.programme"]
    assert set(whole["cause"]) == {"job", "left"}
    job = whole[whole["cause"] == "job"]
    assert (job["events"].sum(), job["censored"].sum()) == (4, 3)
    assert whole["events"].sum() + job["censored"].sum() == 9
    held = curves[curves["curve_id"] == "own.job_held.programme"]
    assert held["cause"].isna().all()
    assert held[["day", "events", "censored"]].values.tolist() == [[10, 0, 1], [50, 1, 0], [91, 1, 0], [200, 0, 1]]


def test_a_start_that_is_not_known_begins_no_time_in_work(drawn, eleven):
    people = eleven.assign(started=eleven["started"].mask(eleven["participant_id"] == "a", "unknown"))
    assert _read(drawn(people=people).estimates, "denominator", outcome="job_held") == [3, 3]


def test_people_whose_dates_contradict_each_other_are_left_out(drawn, eleven):
    people = eleven.assign(days=eleven["days"].mask(eleven["participant_id"] == "e"))
    assert _read(drawn(people=people).estimates, "n", statistic="median") == [8]


def test_nobody_started_leaves_the_curves_to_a_first_job(drawn, eleven):
    rows = drawn(people=eleven[eleven["started"] != "yes"])
    assert _read(rows.estimates, statistic="cumulative_incidence", term="job")[:2] == [0, 0]
    assert not any(row["outcome"] == "job_held" for row in rows.estimates)


def test_one_person_has_a_curve(drawn, eleven):
    rows = drawn(people=eleven.iloc[[0]]).estimates
    assert _read(rows, statistic="cumulative_incidence", term="job") == [1, 1, 1]
    assert _read(rows, statistic="median") == [10]


def test_nobody_engaged_has_none(drawn, eleven):
    for people in (eleven[eleven["engaged_date"].isna()], eleven.iloc[:0]):
        nothing = drawn(people=people)
        assert nothing.estimates == []
        assert tidy(nothing.curves, CURVES).empty
        assert tidy(nothing.counts, COUNTS).empty


def test_the_input_is_left_alone(drawn, eleven):
    before = eleven.copy()
    drawn()
    assert_frame_equal(before, eleven)
