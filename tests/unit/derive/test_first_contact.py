from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.derive.first_contact import derive_first_contacts

CUT = date(2019, 12, 31)


def people(**columns):
    frame = {"definition": "d", "participant_id": ["ann"], "site_id": "north"}
    dates = {"referral_date": pd.Timestamp("2019-01-01"), "engaged_date": pd.Timestamp("2019-02-01")}
    return pd.DataFrame({**frame, **dates, **columns})


def contacts(*rows, site="north"):
    frame = pd.DataFrame(rows, columns=["contact_date", "contact_type"])
    frame["contact_date"] = pd.to_datetime(frame["contact_date"])
    return frame.assign(participant_id="ann", site_id=site).astype({"participant_id": "string", "contact_type": "string"})


@pytest.mark.parametrize(
    ("recorded", "days", "band"),
    [
        ("2019-01-01", 0, "7 days or fewer"),
        ("2019-01-08", 7, "7 days or fewer"),
        ("2019-01-09", 8, "8 to 30 days"),
        ("2019-01-31", 30, "8 to 30 days"),
        ("2019-02-01", 31, "over 30 days"),
        ("2018-12-31", None, "unknown"),  # before the referral: no day can be told
        ("2020-01-01", None, "none recorded"),  # after the end of the data
    ],
)
def test_bands_of_the_first_contact(enrolments, recorded, days, band):
    found = derive_first_contacts({"enrolments": enrolments({"first_contact_date": recorded})}, people(), {}, CUT).iloc[0]
    assert (None if pd.isna(found["contact_days"]) else found["contact_days"]) == days
    assert found["contact_band"] == band


def test_the_earliest_direct_contact_counts_whatever_recorded_it(enrolments):
    met = contacts(("2019-01-03", "employer"), ("2019-01-05", "telephone"), ("2018-12-20", "video"), ("2019-01-04", "other"))
    tables = {"enrolments": enrolments({"first_contact_date": "2019-01-20"}), "contacts": met}
    assert derive_first_contacts(tables, people(), {}, CUT)["contact_days"].tolist() == [4]


def test_a_contact_makes_up_for_an_impossible_date(enrolments):
    tables = {
        "enrolments": enrolments({"first_contact_date": "2018-06-01"}),
        "contacts": contacts(("2019-01-05", "face_to_face")),
    }
    assert derive_first_contacts(tables, people(), {}, CUT)["contact_band"].tolist() == ["7 days or fewer"]


@pytest.mark.parametrize(
    ("met", "state"),
    [("2019-02-01", "yes"), ("2019-03-03", "yes"), ("2019-03-04", "no"), ("2019-01-31", "no"), (None, "no")],
)
def test_an_employer_within_30_days_of_engagement(enrolments, met, state):
    somebody = contacts(("2019-05-01", "employer")).assign(participant_id="bob")
    mine = contacts((met, "employer")) if met else contacts(("2019-02-02", "telephone"))
    tables = {"enrolments": enrolments({}), "contacts": pd.concat([mine, somebody])}
    assert derive_first_contacts(tables, people(), {}, CUT)["employer_in_time"].tolist() == [state]


def test_a_site_that_records_no_employer_contact_knows_nothing(enrolments):
    tables = {"enrolments": enrolments({}), "contacts": contacts(("2019-02-02", "employer"), site="south")}
    tables["contacts"]["participant_id"] = "bob"
    assert derive_first_contacts(tables, people(), {}, CUT)["employer_in_time"].tolist() == ["unknown"]


def test_with_too_short_a_follow_up_it_is_not_yet_known(enrolments):
    tables = {"enrolments": enrolments({}), "contacts": contacts(("2019-05-01", "employer"))}
    short = derive_first_contacts(tables, people(), {"north": date(2019, 3, 2)}, CUT)
    assert short["employer_in_time"].tolist() == ["not yet"]


def test_people_not_engaged_have_no_employer_to_meet(enrolments):
    tables = {"enrolments": enrolments({}), "contacts": contacts(("2019-05-01", "employer"))}
    found = derive_first_contacts(tables, people(engaged_date=pd.NaT), {}, CUT)
    assert found["employer_in_time"].isna().all()


def test_a_study_that_records_no_contact_has_no_rows(enrolments):
    assert derive_first_contacts({"enrolments": enrolments({})}, people(), {}, CUT).empty
