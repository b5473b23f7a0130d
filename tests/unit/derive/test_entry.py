from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.derive.entry import entry_of


def test_the_first_referral_speaks_even_where_it_is_silent(enrolments):
    table = enrolments(
        {"enrolment_id": "e2", "referral_date": "2019-01-01", "benefit_at_entry": "uc"},
        {"enrolment_id": "e1", "referral_date": "2018-01-01", "benefit_at_entry": None},
    )
    assert entry_of(table, ["benefit_at_entry"])["benefit_at_entry"].isna().tolist() == [True]


def test_referrals_of_one_day_are_taken_in_order_of_their_id(enrolments):
    table = enrolments({"enrolment_id": "e2", "months_out_of_work": 2}, {"enrolment_id": "e1", "months_out_of_work": 1})
    assert entry_of(table, ["months_out_of_work"]).loc["ann", "months_out_of_work"] == 1


@pytest.mark.parametrize("field", ["never_worked", "a_field_of_another_study"])
def test_a_field_that_is_not_held_is_missing(enrolments, field):
    table = enrolments({}).drop(columns=["never_worked"])
    assert pd.isna(entry_of(table, [field]).loc["ann", field])


def test_its_input_is_left_alone(enrolments):
    table = enrolments({"enrolment_id": "e2"}, {"enrolment_id": "e1"})
    before = table.copy()
    entry_of(table, ["benefit_at_entry"])
    assert_frame_equal(before, table)
