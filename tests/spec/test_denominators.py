"""Nine people, one set of facts: what each official denominator makes of them, and who is missing from each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from spec_table import SCHEMA, canonical, spec_table

from evaltools.derive.outcomes import derive_outcomes
from evaltools.estimate.people_shares import shares_of_people

# the data end on 31 December 2024; i was referred twice, and engaged the second time
PEOPLE = """
who | referred   | engaged    | at referral | discharged | last seen  | job from   | job to     | what is to be told
a   | 2023-01-09 | 2023-02-01 | unemployed  | 2024-01-15 |            | 2023-03-01 | 2023-12-01 | kept work
b   | 2023-01-09 | 2023-02-01 | unemployed  |            |            | 2023-04-01 | 2023-05-01 | lost the job
c   | 2023-01-09 | 2023-02-01 | unemployed  |            | 2023-07-01 | 2023-06-01 |            | contact lost
d   | 2024-09-02 | 2024-10-01 | unemployed  |            | 2024-12-31 | 2024-11-15 |            | not yet known
e   | 2023-01-09 | 2023-02-01 | employed    |            |            | 2023-03-01 | 2023-09-01 | kept work
f   | 2023-01-09 | 2023-02-01 | unemployed  | 2023-06-01 |            |            |            | left without a job
g   | 2024-11-04 | 2024-12-01 | unemployed  |            |            |            |            | just engaged
h   | 2023-01-09 |            | unemployed  | 2023-03-01 |            |            |            | never engaged
i   | 2023-01-09 |            |             | 2023-04-01 |            |            |            | first referral
i   | 2024-01-08 | 2024-02-01 |             |            |            |            |            | second referral
"""

SHARES = """
outcome    | reading                                     | how many | of | missing
engaged    |                                             | 8        | 9  | 0
engaged    | also: of referrals                          | 8        | 10 | 0
job_start  |                                             | 5        | 8  | 0
job_start  | also: of people engaged and out of work     | 4        | 6  | 1
job_start  | also: of people referred                    | 5        | 9  | 0
job_start  | also: of people whose referral is closed    | 1        | 4  | 0
job_start  | also: of closed referrals                   | 1        | 4  | 0
job_start  | also: mature cohort, 6 months               | 4        | 6  | 0
job_start  | also: mature cohort, 12 months              | 4        | 5  | 0
sustained  |                                             | 2        | 3  | 1
sustained  | all starters                                | 2        | 5  | 2
sustained  | also: of the job-start denominator          | 2        | 8  | 2
sustained  | bounds, followed                            | 2        | 4  | 1
sustained  | bounds, also: all starters                  | 2        | 5  | 2
sustained  | bounds, also: all starters, follow-up ended | 2        | 5  | 1
"""


@pytest.fixture(scope="module")
def shares() -> pd.DataFrame:
    table = spec_table(PEOPLE)
    people = [
        {
            "enrolment_id": str(n), "participant_id": row["who"], "site_id": "north", "referral_date": row["referred"],
            "engaged_date": row["engaged"], "employment_at_referral": row["at referral"],
            "discharge_date": row["discharged"], "last_contact_date": row["last seen"],
        }
        for n, row in enumerate(table.to_dict("records"))
    ]  # fmt: skip
    jobs = [
        {"job_id": row["who"], "participant_id": row["who"], "start_date": row["job from"], "end_date": row["job to"]}
        for row in table[table["job from"].notna()].to_dict("records")
    ]
    profile = replace(SCHEMA.definitions["bit_cbo"], sustained_weeks=(13,))
    tables = {"enrolments": canonical("enrolments", people), "jobs": canonical("jobs", jobs)}
    done = derive_outcomes(tables, profile, {}, date(2024, 12, 31))
    rows = pd.DataFrame(shares_of_people(done.people, done.milestones, profile, 0.95))
    return rows[(rows["group"] == "all") & rows["statistic"].isin(["proportion", "bounds"])]


@pytest.mark.parametrize(
    "case", spec_table(SHARES).to_dict("records"), ids=lambda case: f"{case['outcome']}-{case['reading']}"
)
def test_each_reading(shares: pd.DataFrame, case: dict[str, str | None]) -> None:
    reading = case["reading"] or ""
    rows = shares[shares["outcome"] == case["outcome"]]
    if case["outcome"] == "sustained":
        rows = rows[rows["statistic"] == ("bounds" if reading.startswith("bounds") else "proportion")]
    term, _, months = reading.removeprefix("bounds, ").removesuffix(" months").partition("cohort, ")
    term = f"{term}cohort" if months else term.removeprefix("followed")
    rows = rows[(rows["term"] == term) if term else rows["term"].isna()]
    if months:
        rows = rows[rows["denominator_name"].str.contains(f"followed for {months} months")]
    assert len(rows) == 1
    found = rows.iloc[0][["numerator", "denominator", "missing"]].tolist()
    assert found == [int(str(case[name])) for name in ("how many", "of", "missing")]
