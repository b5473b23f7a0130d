from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.domain.family_settings import FamilySettings
from evaltools.estimate.families import estimate_families
from evaltools.estimate.participant_flow import flow_steps
from evaltools.estimate.people import estimate_people

CUT = date(2019, 9, 30)
SHEET = dict.fromkeys(["lines", "title", "header", "blank", "total", "rows", "kept", "merged", "quarantined"], 0)


@pytest.fixture
def tables(eleven, kept):
    return {
        "outcomes": eleven,
        "milestones": kept,
        "enrolments": eleven[["participant_id", "site_id"]].assign(discharge_date=pd.NaT),
        "accounting": pd.DataFrame([SHEET]),
    }


@pytest.fixture
def history(eleven):
    columns = ["definition", "participant_id", "site_id", "engaged_date", "in_scope", "started"]
    return eleven[columns].assign(time_out_of_work="never worked", support_group="yes")


def test_without_other_families_there_is_the_flow(tables, own):
    done = estimate_families(tables, [own()], [91], 0.95, CUT)
    assert done.estimates.empty
    assert set(done.counts["table_id"]) == {"records", "flow"}
    accepted = done.counts[(done.counts["row"] == "all") & (done.counts["column"] == "own.accepted")]
    assert accepted["n"].tolist() == [11]


def test_each_family_has_its_rows_and_ids_are_unique(tables, history, own):
    contacts = history[["definition", "site_id"]].assign(contact_band="8 to 30 days", employer_in_time="yes")
    more = {"work_history": history, "first_contacts": contacts}
    done = estimate_families(tables | more, [own()], [91], 0.95, CUT)
    assert {"time_out_of_work", "support_group", "first_contact", "employer_contact"} <= set(done.estimates["outcome"])
    assert done.estimates["estimate_id"].is_unique


def test_the_flow_has_no_step_that_the_estimates_of_people_give(tables, own, eleven, kept):
    mine = estimate_families(tables, [own()], [91], 0.95, CUT).counts
    theirs = estimate_people(eleven, kept, [own()], [91], 0.95, CUT).counts
    flow = [set(counts.loc[counts["table_id"] == "flow", "column"]) for counts in (mine, theirs)]
    assert not flow[0] & flow[1]
    assert {f"own.{step}" for whole, parts in flow_steps((6, 13)) for step in (whole, *parts)} - (flow[0] | flow[1]) == {
        f"own.{step}_{weeks}" for step in ("evidenced", "less_no_evidence") for weeks in (6, 13)
    }


def test_settings_of_the_study_reach_the_families(tables, history, own):
    days = pd.DataFrame({"definition": "own", "site_id": ["north"], "days": 5, "posts": 1, "caseload": 22, "contested": 0})
    days["fte"] = pd.array([1.0], dtype="Float64")
    cuts = FamilySettings(caseload_cuts=(22, 30))
    rows = estimate_families(tables | {"specialist_days": days}, [own()], [91], 0.95, CUT, cuts).estimates
    assert rows.loc[rows["term"] == "22 or fewer", "value"].tolist() == [1, 1]
