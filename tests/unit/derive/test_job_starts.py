from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.derive.job_starts import mark_job_starts

ENGAGED, CUT = "2018-02-01", "2018-12-31"


def _people(**changes: object) -> pd.DataFrame:
    ann = {"participant_id": "ann", "engaged_date": ENGAGED, "cut": CUT, "last_contact_date": None, "discharge_date": None}
    dates = ["engaged_date", "cut", "last_contact_date", "discharge_date"]
    frame = pd.DataFrame([{**ann, **changes}]).astype(dict.fromkeys(dates, "datetime64[ns]"))
    return frame.astype({"participant_id": "string"})


@pytest.mark.parametrize(
    ("job", "hours", "competitive_only", "counts"),
    [
        ({"start_date": "2018-01-31"}, 0, True, "no"),  # before engagement
        ({"start_date": ENGAGED}, 0, True, "yes"),
        ({"start_date": CUT}, 0, True, "yes"),
        ({"start_date": "2019-01-01"}, 0, True, "no"),  # after follow-up
        ({"start_date": ENGAGED, "competitive": False}, 0, True, "no"),
        ({"start_date": ENGAGED, "competitive": False}, 0, False, "yes"),
        ({"start_date": ENGAGED, "competitive": None}, 0, True, "yes"),  # unknown is not 'no'
        ({"start_date": ENGAGED, "hours_per_week": None}, 0, True, "yes"),
        ({"start_date": ENGAGED, "hours_per_week": 0}, 0, True, "yes"),
        # four paid hours: 14 a week are two a day
        ({"start_date": ENGAGED, "end_date": "2018-02-01", "hours_per_week": 14}, 4, True, "no"),
        ({"start_date": ENGAGED, "end_date": "2018-02-02", "hours_per_week": 14}, 4, True, "yes"),
        ({"start_date": CUT, "hours_per_week": 14}, 4, True, "unknown"),  # still held: may get there
        ({"start_date": "2018-12-30", "hours_per_week": 14}, 4, True, "yes"),
        ({"start_date": ENGAGED, "hours_per_week": None}, 4, True, "unknown"),
        ({"start_date": ENGAGED, "end_date": "2018-06-01", "hours_per_week": None}, 4, True, "unknown"),
        ({"start_date": ENGAGED, "end_date": "2018-06-01", "hours_per_week": 0}, 4, True, "no"),
        ({"start_date": ENGAGED, "hours_per_week": 0}, 4, True, "unknown"),
        ({"start_date": "2018-01-31", "hours_per_week": None}, 4, True, "no"),
        ({"start_date": ENGAGED, "hours_per_week": None, "competitive": False}, 4, True, "no"),
    ],
)
def test_which_jobs_count(jobs, job, hours, competitive_only, counts):
    assert mark_job_starts(jobs(job), _people(), hours, competitive_only)["counts"].tolist() == [counts]


@pytest.mark.parametrize(
    ("end", "contact", "discharge", "known_until", "ended"),
    [
        ("2018-05-01", "2018-08-01", None, "2018-05-01", True),
        (CUT, None, None, CUT, True),
        (None, "2018-08-01", "2018-09-01", "2018-08-01", False),
        (None, None, "2018-09-01", "2018-09-01", False),
        (None, None, None, CUT, False),
        (None, "2019-03-01", None, CUT, False),
        (None, "2018-02-15", None, "2018-03-01", False),  # seen last before the job began
        ("2019-02-01", None, None, CUT, False),
        ("2019-02-01", "2018-08-01", None, CUT, False),  # it ended later, so it was held on the cut
    ],
)
def test_a_job_is_known_until_it_ends_or_was_last_seen(jobs, end, contact, discharge, known_until, ended):
    people = _people(last_contact_date=contact, discharge_date=discharge)
    marked = mark_job_starts(jobs({"start_date": "2018-03-01", "end_date": end}), people, 0, True)
    assert marked["known_until"].tolist() == [pd.Timestamp(known_until)]
    assert marked["ended"].tolist() == [ended]


def test_people_who_never_engaged_have_no_job_starts(jobs):
    marked = mark_job_starts(jobs({"start_date": "2018-03-01"}), _people(engaged_date=None), 4, True)
    assert marked.empty


def test_jobs_come_in_order_of_person_and_start(jobs):
    people = pd.concat([_people(participant_id="bob"), _people()], ignore_index=True)
    table = jobs(
        {"job_id": "3", "participant_id": "bob", "start_date": "2018-03-01"},
        {"job_id": "2", "start_date": "2018-05-01"},
        {"job_id": "1", "start_date": "2018-03-01"},
        {"job_id": "4", "participant_id": "somebody else", "start_date": "2018-03-01"},
    )
    assert mark_job_starts(table, people, 0, True)["job_id"].tolist() == ["1", "2", "3"]


@pytest.mark.parametrize("hours", [0, 4])
def test_no_jobs_are_no_job_starts(jobs, hours):
    marked = mark_job_starts(jobs(), _people(), hours, True)
    assert marked.empty
    assert {"known_until", "ended", "counts"} <= set(marked)


def test_a_person_who_stands_twice_is_refused(jobs):
    twice = pd.concat([_people(), _people()])
    with pytest.raises(pd.errors.MergeError, match="many-to-one"):
        mark_job_starts(jobs({"start_date": "2018-03-01"}), twice, 0, True)


def test_inputs_are_left_alone(jobs):
    table, people = jobs({"start_date": "2018-03-01"}), _people()
    before = table.copy(), people.copy()
    mark_job_starts(table, people, 4, True)
    assert_frame_equal(before[0], table)
    assert_frame_equal(before[1], people)
