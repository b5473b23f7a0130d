from __future__ import annotations

from datetime import date

import pandas as pd

from evaltools.clean.check_after_exit import check_after_exit
from evaltools.clean.rule_rows import RuleRows
from evaltools.schema.thresholds import Thresholds

STEPS = ("first_contact_date", "profile_started_date", "profile_completed_date", "third_appointment_date", "engaged_date")


def test_each_step_is_set_against_its_own_discharge() -> None:
    day = pd.Series(["2020-01-02"]).astype("datetime64[ns]")
    enrolments = pd.DataFrame({"participant_id": ["A"], "discharge_date": day - pd.Timedelta(days=1)})
    enrolments = enrolments.assign(**dict.fromkeys([*STEPS, "last_contact_date"], day))
    contacts = pd.DataFrame({"participant_id": ["A", "B"], "contact_date": pd.concat([day, day], ignore_index=True)})
    held = RuleRows.of({"enrolments": enrolments, "contacts": contacts}, Thresholds(), date(2024, 12, 31))
    found = {(one.code, one.field): one.rows.tolist() for one in check_after_exit(held)}
    assert found == {("D134", step): [0] for step in [*STEPS, "last_contact_date"]} | {("D135", "contact_date"): [0]}
