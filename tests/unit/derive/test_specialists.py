"""The parts are tested where they are; here, how they are put together."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.derive.specialists import derive_specialists

CUT = date(2019, 3, 31)


@pytest.fixture
def people():
    frame = pd.DataFrame({"definition": ["d", "late"], "participant_id": "ann", "site_id": "north"})
    frame["engaged_date"] = pd.to_datetime(["2019-01-01", "2019-02-01"])
    return frame.assign(first_job_date=pd.Timestamp("2019-03-10"))


@pytest.fixture
def tables(enrolments, jobs):
    held = {"specialist_id": "A", "referral_date": "2018-12-01"}
    posts = pd.DataFrame({"specialist_id": ["A"], "site_id": "north", "fte": pd.array([0.5], dtype="Float64")})
    posts["from_date"], posts["to_date"] = pd.Timestamp("2018-01-01"), pd.NaT
    return {"enrolments": enrolments(held), "jobs": jobs({"start_date": "2019-03-10"}), "specialists": posts}


def case_days(frames, definition="d"):
    runs = frames["specialist_days"]
    mine = runs[runs["definition"] == definition]
    return int((mine["caseload"] * mine["days"]).sum())


def test_each_definition_has_its_own_cases(tables, people):
    frames = derive_specialists(tables, people, {}, CUT)
    assert [case_days(frames), case_days(frames, "late")] == [90, 59]
    assert frames["attribution"]["credit"].tolist() == ["held", "held"]
    assert frames["specialist_months"].groupby("definition")["starts"].sum().tolist() == [1, 1]


def test_cases_and_posts_end_with_the_data_of_their_site(tables, people):
    frames = derive_specialists(tables, people, {"north": date(2019, 1, 31)}, CUT)
    assert case_days(frames) == 31
    assert frames["specialist_days"]["last_day"].max() == pd.Timestamp("2019-01-31")


@pytest.mark.parametrize(("within", "days"), [(None, 90), (90, 90), (10, 25)])
def test_a_case_may_be_active_only_for_so_long_after_the_last_contact(tables, people, enrolments, within, days):
    seen = {"specialist_id": "A", "referral_date": "2018-12-01", "last_contact_date": "2019-01-15"}
    frames = derive_specialists(tables | {"enrolments": enrolments(seen)}, people, {}, CUT, contact_within=within)
    assert case_days(frames) == days


def test_the_caseload_at_entry_leaves_out_the_own_case(tables, people, enrolments):
    bob = {"participant_id": "bob", "enrolment_id": "e2", "specialist_id": "A", "referral_date": "2018-12-01"}
    both = enrolments({"specialist_id": "A", "referral_date": "2018-12-01"}, bob)
    mine = people[people["definition"] == "d"]
    two = pd.concat([mine, mine.assign(participant_id="bob", engaged_date=pd.Timestamp("2019-02-01"))])
    found = derive_specialists(tables | {"enrolments": both}, two, {}, CUT)["attribution"].set_index("participant_id")
    assert found["entry_caseload"].to_dict() == {"ann": 0, "bob": 1}
    assert found["entry_fte"].tolist() == [0.5, 0.5]


def test_assignments_that_cannot_be_used_are_said(tables, people):
    wrong = pd.DataFrame({"participant_id": ["ann"], "site_id": "north", "specialist_id": "A"})
    wrong["from_date"], wrong["to_date"] = pd.Timestamp("2019-02-01"), pd.Timestamp("2019-01-01")
    frames = derive_specialists(tables | {"assignments": wrong}, people, {}, CUT)
    faults = frames["assignment_faults"].groupby("code")["n"].sum()
    assert faults["ends before it begins"] == 2  # once under each definition
    assert frames["unheld_cases"]["unheld_days"].sum() == 90 + 59
    assert frames["attribution"]["credit"].tolist() == ["nobody", "nobody"]


def test_without_posts_exposure_is_not_known(tables, people):
    frames = derive_specialists({name: tables[name] for name in ("enrolments", "jobs")}, people, {}, CUT)
    assert case_days(frames) == 90
    assert frames["specialist_days"]["fte"].isna().all()
    assert frames["specialist_months"]["fte_months"].isna().all()


def test_a_study_that_names_no_specialist_has_no_frames(tables, people, enrolments):
    frames = derive_specialists(tables | {"enrolments": enrolments({})}, people, {}, CUT)
    assert all(frame.empty for frame in frames.values())
