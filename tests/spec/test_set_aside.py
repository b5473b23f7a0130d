"""What cleaning set aside is not known, and never 'no': ends, starts, engagement, and jobs that may or may not count."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from spec_table import SCHEMA, canonical, spec_table

from evaltools.derive.find_doubts import DOUBTS
from evaltools.derive.outcomes import Outcomes, derive_outcomes

# Bo was referred and engaged on 2 January 2023 and seen until 31 December 2023, when the data end. A job from 1 March.
ENDS = """
what is recorded of the end                    | end        | reason    | set aside | six weeks | why it is open
left after ten weeks                           | 2023-05-10 |           |           | yes       |
left after four weeks                          | 2023-03-29 |           |           | no        |
nothing: held until the last contact           |            |           |           | yes       |
the end lies before the start                  | 2023-02-15 |           |           | unknown   | end not known
the end cannot be read                         |            |           | end_date  | unknown   | end not known
dismissed, and nobody wrote when               |            | dismissed |           | unknown   | end not known
the reason is not known                        |            | unknown   |           | yes       |
"""

ENGAGED = """
profile      | third appointment | profile completed | general    | set aside             | engaged | on
lcf_mhep     | 2023-03-01        |                   | 2023-01-02 |                       | yes     | 2023-03-01
lcf_mhep     |                   | 2023-02-01        | 2023-01-02 |                       | yes     | 2023-02-01
lcf_mhep     |                   |                   | 2023-01-02 |                       | yes     | 2023-01-02
lcf_mhep     |                   |                   |            |                       | no      |
lcf_mhep     |                   |                   |            | third_appointment_date | unknown |
"""


def _derive(
    profile: str = "bit_cbo",
    enrolment: dict[str, object] | None = None,
    jobs: tuple[dict[str, object], ...] = (),
    doubts: tuple[dict[str, object], ...] = (),
    **more: pd.DataFrame,
) -> Outcomes:
    bo: dict[str, object] = {
        "enrolment_id": "1", "participant_id": "bo", "site_id": "north", "referral_date": "2023-01-02",
        "engaged_date": "2023-01-02", "employment_at_referral": "unemployed", "last_contact_date": "2023-12-31",
    }  # fmt: skip
    work = [
        {"job_id": str(n), "participant_id": "bo", "site_id": "north", "hours_per_week": 20.0, "competitive": True, **job}
        for n, job in enumerate(jobs)
    ]
    aside = [{"participant_id": "bo", "field": None, "row_id": None, **each} for each in doubts]
    tables = {
        "enrolments": canonical("enrolments", [bo | (enrolment or {})]),
        "jobs": canonical("jobs", work) if work else canonical("jobs", [{"job_id": "x"}]).iloc[:0],
        "doubts": pd.DataFrame(aside, columns=list(DOUBTS)).astype(DOUBTS),
    }
    return derive_outcomes(tables | more, SCHEMA.definitions[profile], {}, date(2023, 12, 31))


@pytest.mark.parametrize("case", spec_table(ENDS).to_dict("records"), ids=lambda case: case["what is recorded of the end"])
def test_an_end_that_is_not_known_is_no_end_and_no_work(case: dict[str, str | None]) -> None:
    job = {"start_date": "2023-03-01", "end_date": case["end"], "end_reason": case["reason"]}
    aside = ({"table": "jobs", "field": case["set aside"], "row_id": "0"},) if case["set aside"] else ()
    six = _derive(jobs=(job,), doubts=aside).milestones.iloc[0]
    assert [six["weeks"], six["state"], six["open_because"]] == [6, case["six weeks"], case["why it is open"] or ""]


@pytest.mark.parametrize("case", spec_table(ENGAGED).to_dict("records"))
def test_engagement_by_its_own_dates_then_by_the_general_one(case: dict[str, str | None]) -> None:
    enrolment = {
        "third_appointment_date": case["third appointment"], "profile_completed_date": case["profile completed"],
        "engaged_date": case["general"],
    }  # fmt: skip
    aside = ({"table": "enrolments", "field": case["set aside"], "row_id": "1"},) if case["set aside"] else ()
    bo = _derive(str(case["profile"]), enrolment, doubts=aside).people.iloc[0]
    assert bo["engaged"] == case["engaged"]
    assert (None if pd.isna(bo["engaged_date"]) else f"{bo['engaged_date']:%Y-%m-%d}") == case["on"]
    assert bo["referrals_engaged_unknown"] == int(case["engaged"] == "unknown")


def test_the_third_appointment_is_counted_from_the_contacts() -> None:
    days = ["2023-01-09", "2023-01-16", "2023-01-16", "2023-01-20", "2023-02-06"]
    kinds = ["face_to_face", "telephone", "video", "employer", "video"]
    contacts = canonical("contacts", [{"participant_id": "bo", "contact_date": d, "contact_type": k} for d, k in
                                      zip(days, kinds, strict=True)])  # fmt: skip
    bo = _derive("lcf_mhep", {"engaged_date": None}, contacts=contacts).people.iloc[0]
    assert bo["engaged_date"] == pd.Timestamp("2023-02-06")


def test_a_job_row_that_was_set_aside_leaves_the_start_unknown() -> None:
    bo = _derive(doubts=({"table": "jobs"},)).people.iloc[0]
    assert bo[["started", "cause", "days", "referrals_started_unknown"]].tolist() == ["unknown", 0, 0, 1]
    kept = _derive(jobs=({"start_date": "2023-03-01", "end_date": "2023-03-20"},), doubts=({"table": "jobs"},))
    assert kept.people.iloc[0]["started"] == "yes"
    assert kept.milestones.iloc[0][["state", "open_because"]].tolist() == ["unknown", "a job is not dated"]


def test_a_job_of_unknown_hours_may_have_kept_somebody_in_work() -> None:
    short = {"start_date": "2023-02-01", "end_date": "2023-03-15"}
    for end, state in (("2023-12-30", "unknown"), ("2023-03-31", "no")):
        other = {"start_date": "2023-03-10", "end_date": end, "hours_per_week": None}
        kept = _derive("ipsgrow_2024", {"profile_started_date": "2023-01-02"}, (short, other)).milestones.iloc[0]
        assert [kept["state"], kept["best_state"]] == [state, state]


@pytest.mark.parametrize(("work", "started"), [("2023-03-01", "yes"), (None, "no")])
def test_a_closed_referral_without_first_contact_may_have_a_job(work: str | None, started: str) -> None:
    jobs = ({"start_date": work, "end_date": "2023-04-01"},) if work else ()
    bo = _derive("nhse_mhsds", {"first_contact_date": None, "discharge_date": "2023-12-01"}, jobs).people.iloc[0]
    assert [bo["in_scope"], bo["started"], bo["engaged"]] == [True, started, "no"]


@pytest.mark.parametrize(
    ("discharge", "reason", "lasted"),
    [(None, None, 0), ("2023-06-01", "disengaged", 0), ("2023-06-01", "completed", 92)],
)
def test_without_a_last_contact_nobody_is_seen_until_the_data_end(
    discharge: str | None, reason: str | None, lasted: int
) -> None:
    gone = {"last_contact_date": None, "discharge_date": discharge, "discharge_reason": reason}
    bo = _derive(enrolment=gone, jobs=({"start_date": "2023-03-01"},)).people.iloc[0]
    assert bo["spell_days"] == lasted


def test_a_discharge_that_cannot_be_read_is_not_an_open_referral() -> None:
    bo = _derive(doubts=({"table": "enrolments", "field": "discharge_date", "row_id": "1"},)).people.iloc[0]
    assert [bo["discharged"], bo["referrals_closed_unknown"]] == ["unknown", 1]


def test_evidence_does_not_keep_a_job_that_is_known_to_have_ended() -> None:
    piece = {
        "evidence_id": "1", "participant_id": "bo", "milestone": "sustained_26", "evidence_type": "payslip",
        "evidence_date": "2023-09-01",
    }  # fmt: skip
    ended = _derive(
        jobs=({"start_date": "2023-03-01", "end_date": "2023-05-10"},), evidence=canonical("evidence", [piece])
    ).milestones
    assert ended[["weeks", "state", "evidence"]].values.tolist() == [[6, "yes", "verified"], [26, "no", "none"]]
