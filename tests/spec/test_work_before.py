"""Work from before: a job that began before engagement is no start, and who was in work at referral is told apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from spec_table import SCHEMA, canonical, spec_table

from evaltools.derive.outcomes import derive_outcomes

# engaged on 1 February 2024, the data end on 31 December
BEFORE = """
at referral | jobs (first day to last day)                       | started | held at engagement? | all engaged | out of work
unemployed  |                                                    | no      | no                  | counted     | counted
unemployed  | 2024-03-01 to 2024-06-30                           | yes     | no                  | counted     | counted
unemployed  | 2024-01-15 to 2024-06-30                           | no      | yes                 | counted     | counted
unemployed  | 2024-01-15 to                                      | no      | yes                 | counted     | counted
unemployed  | 2023-09-01 to 2024-01-31                           | no      | no                  | counted     | counted
unemployed  | 2024-01-15 to 2024-06-30, 2024-03-01 to 2024-04-01 | yes     | yes                 | counted     | counted
unemployed  | 2024-02-01 to 2024-02-01                           | yes     | no                  | counted     | counted
employed    | 2024-03-01 to 2024-06-30                           | yes     | no                  | counted     | left out
unknown     | 2024-03-01 to 2024-06-30                           | yes     | no                  | counted     | left out
            | 2024-03-01 to 2024-06-30                           | yes     | no                  | counted     | left out
retired     |                                                    | no      | no                  | counted     | counted
"""


def _jobs(text: str | None) -> list[dict[str, object]]:
    spans = [span.strip().split(" to") for span in (text or "").split(",") if span.strip()]
    return [
        {"job_id": str(n), "participant_id": "ann", "start_date": first, "end_date": last.strip() or None}
        for n, (first, last) in enumerate(spans)
    ]


@pytest.mark.parametrize(
    "case", spec_table(BEFORE).to_dict("records"), ids=lambda case: f"{case['at referral']}-{case['started']}"
)
def test_work_from_before(case: dict[str, str | None]) -> None:
    ann = {"enrolment_id": "1", "participant_id": "ann", "site_id": "north", "referral_date": "2024-01-02",
           "engaged_date": "2024-02-01", "employment_at_referral": case["at referral"]}  # fmt: skip
    tables = {
        "enrolments": canonical("enrolments", [ann]),
        "jobs": canonical("jobs", _jobs(case["jobs (first day to last day)"])),
    }
    for column, denominator in (("all engaged", "engaged"), ("out of work", "engaged_out_of_work")):
        profile = replace(SCHEMA.definitions["bit_cbo"], job_start_denominator=denominator)
        found = derive_outcomes(tables, profile, {}, date(2024, 12, 31)).people.iloc[0]
        assert ("counted" if found["in_scope"] else "left out") == case[column]
        assert found["started"] == case["started"]
        assert ("yes" if found["held_at_engagement"] else "no") == case["held at engagement?"]
        assert not pd.isna(found["days"])
