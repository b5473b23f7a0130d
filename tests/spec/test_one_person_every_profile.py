"""One person, four jobs, six official rules: the answers worked out by hand, side by side.

Three jobs overlap; ten days without work follow; then a job whose end nobody recorded, last seen on 31 October.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from spec_table import SCHEMA, canonical, spec_table

from evaltools.derive.outcomes import derive_outcomes

JOBS = """
job | first day  | last day   | hours a week
A   | 2024-02-05 | 2024-03-31 | 10
B   | 2024-03-04 | 2024-05-05 | 5
C   | 2024-04-29 | 2024-05-19 | 16
D   | 2024-05-30 |            | 20
"""

ANN = {
    "referral_date": "2024-01-01",
    "first_contact_date": "2024-01-08",
    "profile_started_date": "2024-01-15",
    "third_appointment_date": "2024-01-29",
    "profile_completed_date": "2024-02-01",
    "employment_at_referral": "unemployed",
    "last_contact_date": "2024-10-31",
    "discharge_date": "2024-11-15",
}

# From 5 February the first spell lasts 104 days, to 19 May; the second 154 days, to 31 October, and may have gone on.
# Weeks of seven hours in the sixteen from 5 February: eight with A, none of the four with B alone, three with C: eleven.
ANSWERS = """
profile      | engaged    | days to first job | jobs | weeks | first spell kept? | any spell kept? | hours then
bit_cbo      | 2024-01-15 | 21                | 4    | 6     | yes               | yes             | 15
bit_cbo      | 2024-01-15 | 21                | 4    | 26    | no                | unknown         | 20
lcf_mhep     | 2024-01-29 | 7                 | 4    | 13    | yes               | yes             | 16
ipsgrow_2024 | 2024-01-15 | 21                | 4    | 13    | yes               | yes             | 16
nhse_mhsds   | 2024-01-08 | 28                | 4    |       |                   |                 |
ipspc        | 2024-01-15 | 21                | 4    | 13    | no                | yes             | 16
fair_start   | 2024-01-15 | 21                | 4    | 13    | yes               | yes             | 16
fair_start   | 2024-01-15 | 21                | 4    | 26    | no                | unknown         | 20
fair_start   | 2024-01-15 | 21                | 4    | 52    | no                | not yet         |
"""


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    jobs = [
        {
            "job_id": job["job"], "participant_id": "ann", "site_id": "north", "start_date": job["first day"],
            "end_date": job["last day"], "hours_per_week": float(job["hours a week"]), "competitive": True,
        }
        for job in spec_table(JOBS).to_dict("records")
    ]  # fmt: skip
    ann = {"enrolment_id": "1", "participant_id": "ann", "site_id": "north", **ANN}
    return {"enrolments": canonical("enrolments", [ann]), "jobs": canonical("jobs", jobs)}


@pytest.mark.parametrize(
    "case", spec_table(ANSWERS).to_dict("records"), ids=lambda case: f"{case['profile']}-{case['weeks'] or 'none'}"
)
def test_every_profile_has_its_answer(tables: dict[str, pd.DataFrame], case: dict[str, str | None]) -> None:
    done = derive_outcomes(tables, SCHEMA.definitions[str(case["profile"])], {}, date(2024, 12, 31))
    ann = done.people.iloc[0]
    assert f"{ann['engaged_date']:%Y-%m-%d}" == case["engaged"]
    assert [ann["started"], ann["days"], ann["jobs"]] == ["yes", int(str(case["days to first job"])), int(str(case["jobs"]))]
    assert ann[["spell_days", "longest_days", "days_in_work", "spells"]].tolist() == [104, 154, 105 + 155, 2]
    if case["weeks"] is None:
        assert done.milestones.empty
        return
    kept = done.milestones[done.milestones["weeks"] == int(case["weeks"])].iloc[0]
    assert [kept["state"], kept["best_state"]] == [case["first spell kept?"], case["any spell kept?"]]
    assert (None if pd.isna(kept["hours"]) else f"{kept['hours']:g}") == case["hours then"]


def test_the_table_holds_every_profile_and_every_milestone() -> None:
    told = spec_table(ANSWERS)
    for name, profile in SCHEMA.definitions.items():
        mine = told[told["profile"] == name]
        assert [int(weeks) for weeks in mine["weeks"].dropna()] == list(profile.sustained_weeks)
        assert len(mine) >= 1
