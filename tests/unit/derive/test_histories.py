"""Ten thousand made-up job histories: the derivation against walking through their days, and the invariants Q4 to Q7."""

from __future__ import annotations

import dataclasses
import importlib.util
from datetime import date
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from evaltools.derive.outcomes import derive_outcomes
from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.bounds import bounds
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.tipping_point import tipping_point
from evaltools.schema.read import read_schema

_spec = importlib.util.spec_from_file_location("day_by_day", Path(__file__).parent / "day_by_day.py")
day_by_day = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(day_by_day)

CUT = (day_by_day.FIRST + pd.Timedelta(days=day_by_day.CUT)).date()
SHIPPED = read_schema(Path(__file__).parents[3] / "data_schema").definitions
EVERY_DATE = ("engaged_date",)
RULES = {
    **{name: dataclasses.replace(rule, engaged_first_of=EVERY_DATE) for name, rule in SHIPPED.items()},
    "gap of a week": dataclasses.replace(
        SHIPPED["fair_start"], engaged_first_of=EVERY_DATE, gap_days=7, inclusive_days=True
    ),
    "gap of a month": dataclasses.replace(SHIPPED["bit_cbo"], engaged_first_of=EVERY_DATE, gap_days=28),
    "same job": dataclasses.replace(SHIPPED["lcf_mhep"], engaged_first_of=EVERY_DATE, kept_rule="same_job"),
    "seven hours": dataclasses.replace(
        SHIPPED["ipspc"], engaged_first_of=EVERY_DATE, kept_hours=16.0, window_weeks=20, start_rule="any_day",
        minimum_paid_hours=0.0,
    ),
}  # fmt: skip
SIZES = [pytest.param(500, id="quick"), pytest.param(10_000, id="all", marks=pytest.mark.slow)]


@pytest.fixture(params=SIZES)
def histories(request):
    return day_by_day.made_up(request.param, seed=20261124)


@pytest.fixture
def derive(enrolments, jobs):
    def _derive(histories, rule):
        people, work = day_by_day.tables(histories)
        return derive_outcomes({"enrolments": enrolments(*people), "jobs": jobs(*work)}, rule, {}, CUT)

    return _derive


def _none(value):
    return None if pd.isna(value) else value


@pytest.mark.parametrize("name", RULES)
def test_agrees_with_walking_through_the_days(derive, histories, name):
    rule = RULES[name]
    done = derive(histories, rule)
    judged = {key: row for key, row in zip(_keys(done.milestones), done.milestones.to_dict("records"), strict=True)}
    for number, (who, row) in enumerate(zip(histories, done.people.to_dict("records"), strict=True)):
        truth = day_by_day.walk(who, rule)
        if who["engaged"] is not None:
            assert (row["started"], row["jobs"]) == (truth["started"], truth["jobs"]), who
        if truth["spells"] is None:
            continue
        found = [row[key] for key in ("spells", "spell_days", "longest_days", "days_in_work", "spell_ended")]
        assert found == [truth[key] for key in ("spells", "lasted", "longest", "days_in_work", "ended")], who
        assert _none(row["hours_per_week"]) == truth["hours at start"], who
        assert (_none(row["spell_open_because"]) or "") == truth["because"], who
        if not row["in_scope"]:
            continue
        for weeks, wanted in truth["states"].items():
            mine = judged[f"p{number:05}", weeks]
            assert (mine["state"], mine["followed"], mine["open_because"]) == wanted, (who, weeks)
            assert (mine["best_state"], _none(mine["hours"])) == (truth["best"][weeks], truth["hours"][weeks]), (who, weeks)


def _keys(milestones):
    return list(zip(milestones["participant_id"], milestones["weeks"], strict=True))


def test_q4_a_longer_gap_gives_fewer_spells_and_more_work_kept(derive, histories):
    spells, kept = [], []
    for gap in (0, 1, 7, 14, 28, 90):
        done = derive(histories, dataclasses.replace(RULES["fair_start"], gap_days=gap))
        spells.append(done.people["spells"].sum())
        kept.append(set(_keys(done.milestones[done.milestones["state"] == "yes"])))
    assert spells == sorted(spells, reverse=True)
    assert spells[0] > spells[-1]
    assert all(fewer <= more for fewer, more in pairwise(kept))
    assert len(kept[0]) < len(kept[-1])


@pytest.mark.parametrize("name", ["fair_start", "gap of a week"])
def test_q5_each_milestone_is_reached_by_no_more_people_than_the_one_before(derive, histories, name):
    rule = dataclasses.replace(RULES[name], sustained_weeks=(6, 13, 26, 52))
    done = derive(histories, rule)
    started = set(done.people.loc[done.people["started"] == "yes", "participant_id"])
    longest = done.milestones[done.milestones["weeks"] == 52]
    bases = {"all": started, "followed to the last": set(longest.loc[longest["followed"], "participant_id"])}
    for base in bases.values():
        kept = [
            set(
                done.milestones.loc[
                    (done.milestones["weeks"] == weeks) & (done.milestones["state"] == "yes"), "participant_id"
                ]
            )
            & base
            for weeks in (52, 26, 13, 6)
        ]
        assert all(fewer <= more for fewer, more in pairwise([*kept, base]))
        assert 0 < len(kept[0]) < len(kept[-1]) < len(base)


@pytest.mark.parametrize("name", ["fair_start", "gap of a month", "same job"])
def test_q6_and_q7_bounds_hold_every_assumption_about_the_unknown(derive, histories, name):
    done = derive(histories, RULES[name])
    starters = done.people[done.people["started"] == "yes"].astype({"spell_ended": int})
    for weeks, judged in done.milestones.groupby("weeks"):
        kept = int((judged["state"] == "yes").sum())
        unknown = int(judged["state"].isin(["unknown", "not yet"]).sum())
        found = bounds(kept, len(judged), unknown)
        tip = tipping_point(kept, len(judged) - unknown, unknown, target=0.5)
        times = EventTimes.from_frame(starters, "spell_days", "spell_ended", {1: "lost"})
        survival = at_times(kaplan_meier(times), [7 * weeks], before=True)["value"].iloc[0]
        assert found.width == pytest.approx(unknown / len(judged))
        for share in (kept / (len(judged) - unknown), survival, *tip.table["share"]):
            assert found.worst - 1e-12 <= share <= found.best + 1e-12
        at_nought = tip.table.loc[tip.table["delta"] == 0, "share"].iloc[0]
        assert at_nought == pytest.approx(kept / (len(judged) - unknown))
        assert found.lower <= found.worst <= found.best <= found.upper


def test_the_order_of_rows_does_not_matter(derive, enrolments, jobs):
    people, work = day_by_day.tables(day_by_day.made_up(200, seed=3))
    forwards, backwards = (
        derive_outcomes({"enrolments": enrolments(*p), "jobs": jobs(*w)}, RULES["lcf_mhep"], {}, CUT)
        for p, w in ((people, work), (people[::-1], work[::-1]))
    )
    pd.testing.assert_frame_equal(forwards.people, backwards.people)
    pd.testing.assert_frame_equal(forwards.milestones, backwards.milestones)


def test_the_histories_hold_what_they_should():
    made = day_by_day.made_up(500, seed=20261124)
    jobs = [job for who in made for job in who["jobs"]]
    assert sum(end is None for _, end, *_ in jobs) > 100
    assert sum(hours is None for *_, hours, _ in jobs) > 50
    assert sum(len(who["jobs"]) > 2 for who in made) > 100
    assert isinstance(CUT, date)
