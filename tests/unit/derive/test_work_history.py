from __future__ import annotations

import pandas as pd
import pytest

from evaltools.derive.work_history import WORK_HISTORIES, derive_work_history, time_out_of_work


def entry(status, months, never):
    row = {"employment_at_referral": status, "months_out_of_work": months, "never_worked": never}
    return pd.DataFrame([row]).astype({"months_out_of_work": "Float64", "never_worked": "boolean"})


@pytest.mark.parametrize(
    ("status", "months", "never", "band"),
    [
        ("unemployed", 0, False, "under 1 year"),
        ("unemployed", 11.9, None, "under 1 year"),
        ("sick", 12, None, "1 to 2 years"),
        ("sick", 35, False, "1 to 2 years"),
        (None, 36, None, "3 years or more"),
        ("sick", None, True, "never worked"),
        ("employed", None, None, "in work"),
        ("employed", 0, False, "in work"),
        ("unemployed", None, None, "unknown"),
        ("unemployed", None, False, "unknown"),
        ("unknown", None, None, "unknown"),
        ("sick", 12, True, "unknown"),  # months since a last job, of somebody who never had one
        ("employed", None, True, "unknown"),
        ("employed", 12, None, "unknown"),
    ],
)
def test_bands_of_the_time_out_of_work(status, months, never, band):
    assert time_out_of_work(entry(status, months, never)).tolist() == [band]
    assert band in WORK_HISTORIES


@pytest.fixture
def people():
    frame = {"definition": "d", "participant_id": ["ann"], "site_id": "north", "engaged_date": pd.Timestamp("2019-01-01")}
    return pd.DataFrame({**frame, "in_scope": True, "started": "no"})


@pytest.mark.parametrize(
    ("benefit", "group"),
    [
        ("esa_support", "yes"),
        ("uc_lcwra", "yes"),
        ("esa_wrag", "no"),
        ("jsa", "no"),
        ("none", "no"),
        ("esa", "unknown"),
        ("uc", "unknown"),
        ("unknown", "unknown"),
    ],
)
def test_the_support_group(enrolments, people, benefit, group):
    found = derive_work_history({"enrolments": enrolments({"benefit_at_entry": benefit})}, people)
    assert found["support_group"].tolist() == [group]


def test_a_benefit_that_is_not_said_is_unknown(enrolments, people):
    found = derive_work_history({"enrolments": enrolments({"months_out_of_work": 5})}, people)
    assert found[["time_out_of_work", "support_group"]].to_numpy().tolist() == [["under 1 year", "unknown"]]


def test_somebody_without_an_enrolment_is_unknown(enrolments, people):
    other = enrolments({"participant_id": "bob", "benefit_at_entry": "jsa"})
    found = derive_work_history({"enrolments": other}, people)
    assert found[["time_out_of_work", "support_group"]].to_numpy().tolist() == [["unknown", "unknown"]]


def test_where_nothing_is_said_there_are_no_rows(enrolments, people):
    assert derive_work_history({"enrolments": enrolments({})}, people).empty
