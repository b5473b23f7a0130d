from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.derive.people import fold_enrolments

CUT = date(2019, 9, 30)


def _again(**changes: object) -> tuple[dict[str, object], dict[str, object]]:
    """Ann's two times on the programme."""
    first = {
        "enrolment_id": "e1", "referral_date": "2018-01-01", "engaged_date": "2018-02-01", "last_contact_date": "2018-05-01",
        "discharge_date": "2018-06-01", "discharge_reason": "disengaged",
    }  # fmt: skip
    second = {
        "enrolment_id": "e2", "site_id": "south", "referral_date": "2018-09-01", "engaged_date": "2018-10-01",
        "employment_at_referral": "employed", "last_contact_date": "2019-01-01", "discharge_date": "2019-02-01",
        "discharge_reason": "completed",
    }  # fmt: skip
    return first, second | changes


def test_one_row_a_person_with_first_and_last_things(enrolments):
    ann = fold_enrolments(enrolments(*_again(), {"participant_id": "bob"}), {}, CUT).set_index("participant_id")
    assert ann.index.tolist() == ["ann", "bob"]
    ann = ann.loc["ann"]
    assert ann["site_id"] == "north"
    assert ann["out_of_work"] == "yes"
    assert ann["referral_date"] == pd.Timestamp("2018-01-01")
    assert ann["engaged_date"] == pd.Timestamp("2018-02-01")
    assert ann["last_contact_date"] == pd.Timestamp("2019-01-01")
    assert ann["discharge_date"] == pd.Timestamp("2019-02-01")
    assert ann["discharge_reason"] == "completed"


def test_nobody_has_left_while_one_enrolment_is_open(enrolments):
    first, second = _again()
    for still_open in (first | {"discharge_date": None}, second), (first, second | {"discharge_date": None}):
        ann = fold_enrolments(enrolments(*still_open), {}, CUT).iloc[0]
        assert pd.isna(ann["discharge_date"])
        assert pd.isna(ann["discharge_reason"])


def test_a_date_of_a_later_enrolment_fills_what_the_first_does_not_say(enrolments):
    first, second = _again()
    ann = fold_enrolments(enrolments(first | {"engaged_date": None, "last_contact_date": None}, second), {}, CUT).iloc[0]
    assert ann["engaged_date"] == pd.Timestamp("2018-10-01")
    assert ann["last_contact_date"] == pd.Timestamp("2019-01-01")


@pytest.mark.parametrize(
    ("status", "out_of_work"),
    [
        ("unemployed", "yes"),
        ("sick", "yes"),
        ("volunteer", "yes"),
        ("employed", "no"),
        ("unknown", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_unknown_status_is_not_out_of_work(enrolments, status, out_of_work):
    assert fold_enrolments(enrolments({"employment_at_referral": status}), {}, CUT)["out_of_work"].tolist() == [out_of_work]


def test_follow_up_ends_with_the_site_where_it_closes_before_the_data_cut(enrolments):
    table = enrolments({}, {"participant_id": "bob", "site_id": "south"})
    people = fold_enrolments(table, {"south": date(2018, 6, 30)}, CUT)
    assert people["cut"].tolist() == [pd.Timestamp(CUT), pd.Timestamp("2018-06-30")]


def test_the_order_of_enrolments_does_not_matter(enrolments):
    first, second = _again()
    forwards, backwards = (fold_enrolments(enrolments(*rows), {}, CUT) for rows in ((first, second), (second, first)))
    assert_frame_equal(forwards, backwards)


def test_nobody_is_an_empty_table_of_the_same_columns(enrolments):
    nobody = fold_enrolments(enrolments(), {"north": CUT}, CUT)
    somebody = fold_enrolments(enrolments({}), {"north": CUT}, CUT)
    assert nobody.empty
    assert nobody.dtypes.to_dict() == somebody.dtypes.to_dict()


def test_the_input_is_left_alone(enrolments):
    table = enrolments(*_again())
    before = table.copy()
    fold_enrolments(table, {}, CUT)
    assert_frame_equal(before, table)
