"""The rule itself is in tests/spec/test_benefit_off_flow.py."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools.derive.benefit_off_flow import benefit_off_flow, derive_benefits

NEW_YEAR = pd.Timestamp("2019-01-01")


def day(number):
    return NEW_YEAR + pd.Timedelta(days=number)


def engaged(**columns):
    frame = {"definition": "d", "participant_id": ["ann"], "site_id": "north", "engaged_date": NEW_YEAR, "cut": day(300)}
    people = pd.DataFrame({**frame, "started": "yes", "hours_per_week": 10.0, **columns})
    return people.astype({"participant_id": "string", "hours_per_week": "Float64", "started": "string"})


def reports(*rows, group="esa"):
    frame = pd.DataFrame(rows, columns=["day", "status"])
    frame["date"] = pd.Series([day(number) for number in frame.pop("day")], dtype="datetime64[ns]")
    return frame.assign(participant_id="ann", benefit_group=group).astype({"participant_id": "string", "status": "string"})


@pytest.mark.parametrize(
    ("group", "hours", "started", "expected"),
    [
        ("esa", 10.0, "yes", "yes"),
        ("esa", 16.0, "yes", "no"),
        ("esa_wrag", None, "yes", "unknown"),
        ("uc", 10.0, "yes", "no"),
        ("esa", 10.0, "no", "no"),
    ],
)
def test_permitted_work_is_under_16_hours_on_esa(group, hours, started, expected):
    people = engaged(hours_per_week=pd.array([hours], dtype="Float64"), started=started)
    assert benefit_off_flow(reports((-5, "on"), group=group), people)["permitted_work"].tolist() == [expected]


def test_an_old_report_does_not_tell_what_somebody_is_on():
    assert benefit_off_flow(reports((-400, "on")), engaged())["on_benefit"].tolist() == ["unknown"]
    assert benefit_off_flow(reports((-400, "on")), engaged(), baseline_days=400)["on_benefit"].tolist() == ["yes"]


def test_each_site_is_followed_to_its_own_end(enrolments):
    people = engaged().assign(referral_date=NEW_YEAR)
    benefits = pd.DataFrame({"participant_id": ["ann"], "site_id": "north", "benefit": "none", "observed_date": day(100)})
    benefits["receiving"] = pd.array([True], dtype="boolean")
    tables = {"enrolments": enrolments({"benefit_at_entry": "uc", "referral_date": "2018-12-30"}), "benefits": benefits}
    early = derive_benefits(tables, people, {"north": date(2019, 3, 1)}, date(2019, 12, 31))
    late = derive_benefits(tables, people, {"south": date(2019, 3, 1)}, date(2019, 12, 31))
    assert early[["status", "followed_days"]].to_numpy().tolist() == [["unknown", 59]]
    assert late[["status", "followed_days"]].to_numpy().tolist() == [["off", 364]]


def test_every_definition_has_its_own_day_of_engagement(enrolments):
    people = pd.concat([engaged(), engaged(definition="later", engaged_date=day(50)), engaged(engaged_date=pd.NaT)])
    benefits = pd.DataFrame({"participant_id": ["ann"], "site_id": "north", "benefit": "uc", "observed_date": day(20)})
    benefits["receiving"] = pd.array([True], dtype="boolean")
    found = derive_benefits({"enrolments": enrolments({}), "benefits": benefits}, people, {}, date(2019, 12, 31))
    assert found[["definition", "on_benefit"]].to_numpy().tolist() == [["d", "unknown"], ["later", "yes"]]


@pytest.mark.parametrize("tables", [{}, {"benefits": pd.DataFrame(columns=["participant_id"])}])
def test_a_study_without_reports_has_no_rows(tables, enrolments):
    assert derive_benefits({"enrolments": enrolments({})} | tables, engaged(), {}, date(2019, 12, 31)).empty


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(-50, 350), st.sampled_from(["on", "off", "unknown"])), max_size=8, unique_by=lambda r: r[0]
    )
)
def test_the_claim_ended_between_its_last_and_its_first_report(rows):
    """Against the rule written out for one person."""
    ordered = sorted(rows)
    found = benefit_off_flow(reports(*ordered), engaged()).iloc[0]
    known = [(d, s) for d, s in ordered if s != "unknown" and d <= 300]
    before = [s for d, s in known if d <= 0]
    assert found["on_benefit"] == ({"on": "yes", "off": "no"}[before[-1]] if before else "unknown")
    if found["on_benefit"] != "yes":
        assert pd.isna(found[["left", "right", "status", "returned"]]).all()
        return
    after = [(d, s) for d, s in known if d > 0]
    off = [d for d, s in after if s == "off"]
    on = [d for d, s in after if s == "on" and (not off or d < off[0])]
    assert found["left"] == (on[-1] if on else 0)
    assert (None if pd.isna(found["right"]) else found["right"]) == (off[0] if off else None)
    assert found["status"] == ("off" if off else "on" if on else "unknown")
    if off:
        assert found["left"] < found["right"]
        assert found["returned"] == any(s == "on" and d > off[0] for d, s in after)
