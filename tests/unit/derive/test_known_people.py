from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from evaltools.derive.find_doubts import DOUBTS
from evaltools.derive.known_people import doubt_people, known_enrolments, known_people

CUT = date(2018, 12, 31)


@pytest.fixture
def doubted(enrolments, profile):
    def _doubted(*rows, denominator="engaged", **row):
        people = known_people({"enrolments": enrolments(row)}, {}, CUT)
        doubts = pd.DataFrame([["ann", *each] for each in rows], columns=list(DOUBTS)).astype(DOUBTS)
        doubt_people(people, doubts, profile(job_start_denominator=denominator))
        return people.iloc[0]

    return _doubted


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ((), ["no", "no", False]),
        (("enrolments", "engaged_date", "e1"), ["unknown", "no", False]),
        (("enrolments", "discharge_date", "e1"), ["no", "unknown", False]),
        (("enrolments", None, None), ["unknown", "unknown", False]),
        (("jobs", None, None), ["no", "no", True]),
        (("jobs", "end_date", "j1"), ["no", "no", False]),
    ],
)
def test_what_was_set_aside_is_unknown(doubted, row, names):
    ann = doubted(*([row] if row else []))
    assert ann[["engaged", "discharged", "undated_job"]].tolist() == names


def test_what_is_known_stays_known(doubted):
    ann = doubted(("enrolments", None, None), engaged_date="2018-02-01", discharge_date="2018-05-01")
    assert ann[["engaged", "discharged"]].tolist() == ["yes", "yes"]


@pytest.mark.parametrize(("denominator", "origin"), [("engaged", pd.NaT), ("closed", pd.Timestamp("2018-01-01"))])
def test_jobs_of_people_who_never_engaged_count_from_referral_where_they_are_in_the_denominator(
    doubted, denominator, origin
):
    assert doubted(denominator=denominator)["origin"] is origin or doubted(denominator=denominator)["origin"] == origin


def test_a_study_without_contacts_keeps_its_enrolments(enrolments):
    rows = enrolments({})
    assert known_enrolments({"enrolments": rows}) is rows
