from __future__ import annotations

from datetime import date

import pandas as pd

from evaltools.derive.referrals import count_referrals

CUT = date(2019, 12, 31)
ROWS = (
    {"enrolment_id": "1", "referral_date": "2018-01-01", "engaged_date": "2018-02-01", "discharge_date": "2018-06-01"},
    {"enrolment_id": "2", "referral_date": "2018-09-01", "engaged_date": None, "discharge_date": None},
    {"enrolment_id": "3", "participant_id": "bob", "referral_date": "2018-03-01", "discharge_date": "2020-01-01"},
)


def _counts(enrolments, *jobs):
    people = pd.DataFrame({"participant_id": ["ann", "bob"]})
    work = pd.DataFrame(jobs, columns=["person", "start_date"]).astype({"person": "int64", "start_date": "datetime64[ns]"})
    return count_referrals(enrolments(*ROWS), people, work, ["engaged_date"], {}, CUT)


def test_referrals_engaged_and_closed_within_follow_up(enrolments):
    counts = _counts(enrolments)
    assert counts["referrals"].tolist() == [2, 1]
    assert counts["referrals_engaged"].tolist() == [1, 0]
    assert counts["referrals_closed"].tolist() == [1, 0]  # bob's discharge lies after the data
    assert counts["referrals_started"].tolist() == [0, 0]


def test_a_job_belongs_to_the_last_referral_before_it(enrolments):
    counts = _counts(enrolments, (0, "2018-08-31"), (0, "2018-03-01"))
    assert counts[["referrals_started", "referrals_closed_started"]].values.tolist() == [[1, 1], [0, 0]]
    counts = _counts(enrolments, (0, "2018-09-01"), (1, "2018-03-01"))
    assert counts[["referrals_started", "referrals_closed_started"]].values.tolist() == [[1, 0], [1, 0]]


def test_nobody_has_no_referrals(enrolments):
    nobody = pd.DataFrame({"participant_id": pd.array([], dtype="string")})
    work = pd.DataFrame({"person": [], "start_date": pd.to_datetime([])})
    assert count_referrals(enrolments(), nobody, work, ["engaged_date"], {}, CUT).empty
