from __future__ import annotations

import pandas as pd
import pytest

from evaltools.derive.third_appointment import third_appointments


def _contacts(*rows):
    frame = pd.DataFrame(rows, columns=["participant_id", "contact_date", "contact_type"])
    return frame.assign(contact_date=pd.to_datetime(frame["contact_date"]))


SEEN = [("ann", f"2018-02-0{day}", "face_to_face") for day in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("contacts", "third"),
    [
        (SEEN, "2018-02-03"),
        (SEEN[:2], None),
        ([*SEEN[:2], *SEEN[:2]], None),  # two on one day are one
        ([*SEEN[:2], ("ann", "2018-02-03", "employer"), ("ann", "2018-02-09", "video")], "2018-02-09"),
        ([("ann", "2017-12-01", "video"), *SEEN[:2]], None),  # before the referral
        ([("bob", "2018-02-01", "video"), *SEEN[:2]], None),
        ([("ann", None, "video"), *SEEN[:2]], None),
    ],
)
def test_the_third_attended_day_is_the_third_appointment(enrolments, contacts, third):
    found = third_appointments(enrolments({}), _contacts(*contacts))["third_appointment_date"]
    assert found.tolist() == [pd.NaT if third is None else pd.Timestamp(third)]


def test_each_referral_has_its_own_and_a_recorded_date_stands(enrolments):
    rows = (
        {"third_appointment_date": "2018-05-01"},
        {"enrolment_id": "e2", "referral_date": "2019-01-01"},
        {"enrolment_id": "e0", "participant_id": "aaa"},
    )
    later = [("ann", f"2019-02-0{day}", "video") for day in (1, 2, 3)]
    found = third_appointments(enrolments(*rows), _contacts(*SEEN, *later))["third_appointment_date"]
    assert found.tolist() == [pd.Timestamp("2018-05-01"), pd.Timestamp("2019-02-03"), pd.NaT]


def test_a_study_without_contacts_keeps_its_enrolments(enrolments):
    rows = enrolments({})
    assert third_appointments(rows, None) is rows
    assert third_appointments(rows, _contacts()) is rows
