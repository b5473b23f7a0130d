from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.derive.outcomes import derive_outcomes

CUT = date(2019, 12, 31)
ENGAGED = {"engaged_date": "2018-02-01"}
COLUMNS = [
    *("definition", "participant_id", "site_id", "weeks", "followed", "state", "open_because", "best_state"),
    *("hours", "spells_followed", "spells_kept", "spells_open", "evidence"),
]


@pytest.fixture
def milestones(enrolments, jobs, profile):
    def _milestones(*work, person=ENGAGED, **rules):
        return derive_outcomes({"enrolments": enrolments(person), "jobs": jobs(*work)}, profile(**rules), {}, CUT).milestones

    return _milestones


def test_a_later_spell_may_be_the_better_one(milestones):
    kept = milestones(
        {"job_id": "1", "start_date": "2018-03-01", "end_date": "2018-03-31"},
        {"job_id": "2", "start_date": "2018-09-01", "end_date": "2018-12-31"},
    )
    assert kept["state"].tolist() == ["no", "no", "no"]
    assert kept["best_state"].tolist() == ["yes", "yes", "no"]
    assert kept["spells_followed"].tolist() == [2, 2, 2]
    assert kept["spells_kept"].tolist() == [1, 1, 0]
    assert kept["spells_open"].tolist() == [0, 0, 0]


def test_hours_on_the_milestone_are_those_of_all_jobs_held_then(milestones):
    work = (
        {"job_id": "1", "start_date": "2018-03-01", "end_date": "2019-03-31", "hours_per_week": 10},
        {"job_id": "2", "start_date": "2018-05-01", "end_date": "2018-06-30", "hours_per_week": 8},
        {"job_id": "3", "start_date": "2018-08-01", "end_date": "2019-03-31", "hours_per_week": None},
    )
    assert milestones(*work)["hours"].tolist() == [10, 18, pd.NA]  # 12 April, 31 May, 30 August
    ended = milestones({"start_date": "2018-03-01", "end_date": "2018-04-30"})
    assert ended["hours"].isna().tolist() == [False, True, True]


def test_why_a_state_is_open(milestones):
    lost = milestones({"start_date": "2018-03-01"}, person=ENGAGED | {"last_contact_date": "2018-04-30"})
    assert lost[["state", "open_because"]].values.tolist() == [["yes", ""], *[["unknown", "contact lost"]] * 2]
    late = milestones({"start_date": "2019-11-01"}, person=ENGAGED | {"last_contact_date": str(CUT)})
    assert late[["state", "open_because"]].values.tolist() == [["yes", ""], *[["not yet", "data cut"]] * 2]


def test_weeks_in_a_window_are_judged_from_the_first_job(milestones):
    rule = {"kept_rule": "weeks_in_window", "window_weeks": 16, "kept_hours": 7.0, "sustained_weeks": (13,)}
    work = (
        {"job_id": "1", "start_date": "2018-03-01", "end_date": "2018-03-31", "hours_per_week": 7},
        {"job_id": "2", "start_date": "2018-09-01", "end_date": "2018-12-31", "hours_per_week": 7},
    )
    kept = milestones(*work, **rule).iloc[0]
    assert kept[["state", "best_state", "followed"]].tolist() == ["no", "yes", True]


def test_evidence_is_missing_where_none_is_kept(milestones):
    assert milestones({"start_date": "2018-03-01"})["evidence"].isna().all()


def test_a_profile_without_milestones_and_nobody_at_work_give_empty_tables_of_the_same_types(milestones):
    some, none, nobody = (
        milestones({"start_date": "2018-03-01"}),
        milestones({"start_date": "2018-03-01"}, sustained_weeks=()),
        milestones(),
    )
    assert list(some) == COLUMNS
    for empty in (none, nobody):
        assert empty.empty
        assert empty.dtypes.astype(str).to_dict() == some.dtypes.astype(str).to_dict()
