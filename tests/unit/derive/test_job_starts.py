from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.derive.job_starts import mark_job_starts

ENGAGED, CUT = "2018-02-01", "2018-12-31"


def _people(**changes: object) -> pd.DataFrame:
    ann = {"participant_id": "ann", "engaged_date": ENGAGED, "cut": CUT, "seen_until": CUT}
    dates = ["engaged_date", "cut", "seen_until"]
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
    ("end", "seen", "known_until", "ended", "person_seen"),
    [
        ("2018-05-01", "2018-08-01", "2018-05-01", True, "2018-08-01"),
        ("2018-05-01", "2018-04-01", "2018-05-01", True, "2018-05-01"),  # a recorded end is a sighting
        (CUT, CUT, CUT, True, CUT),
        (None, "2018-08-01", "2018-08-01", False, "2018-08-01"),
        (None, CUT, CUT, False, CUT),
        (None, "2019-03-01", CUT, False, CUT),
        (None, "2018-02-15", "2018-03-01", False, "2018-03-01"),  # seen last before the job began
        ("2019-02-01", CUT, CUT, False, CUT),
        ("2019-02-01", "2018-08-01", CUT, False, CUT),  # it ended later, so it was held on the cut
        ("2018-02-01", "2018-08-01", "2018-03-01", False, "2018-08-01"),  # an end before the start: not known when it ended
    ],
)
def test_a_job_is_known_until_it_ends_or_was_last_seen(jobs, end, seen, known_until, ended, person_seen):
    marked = mark_job_starts(jobs({"start_date": "2018-03-01", "end_date": end}), _people(seen_until=seen), 0, True)
    assert marked["known_until"].tolist() == [pd.Timestamp(known_until)]
    assert marked["ended"].tolist() == [ended]
    assert marked["seen_until"].tolist() == [pd.Timestamp(person_seen)]


@pytest.mark.parametrize(
    ("rule", "hours", "last", "counts"),
    [
        ("full_day", 30, "2018-02-01", "yes"),  # one full day of a full-time job
        ("full_day", 29, "2018-02-01", "yes"),  # four hours of part-time work
        ("full_day", 14, "2018-02-01", "no"),
        ("full_day", 14, "2018-02-02", "yes"),
        ("full_day", None, "2018-05-01", "unknown"),
        ("paid_hours", 30, "2018-02-01", "no"),  # seven hours have not been worked
        ("paid_hours", 30, "2018-02-02", "yes"),
    ],
)
def test_a_full_day_or_the_hours_of_part_time_work(jobs, rule, hours, last, counts):
    job = jobs({"start_date": ENGAGED, "end_date": last, "hours_per_week": hours})
    asked = 4 if rule == "full_day" else 7
    assert mark_job_starts(job, _people(), asked, True, rule, 30)["counts"].tolist() == [counts]


def test_people_who_never_engaged_have_no_job_starts(jobs):
    marked = mark_job_starts(jobs({"start_date": "2018-03-01"}), _people(engaged_date=None), 4, True)
    assert marked.empty


def test_jobs_come_in_order_of_person_and_start(jobs):
    people = pd.concat([_people(), _people(participant_id="bob")], ignore_index=True)
    table = jobs(
        {"job_id": "3", "participant_id": "bob", "start_date": "2018-03-01"},
        {"job_id": "2", "start_date": "2018-05-01"},
        {"job_id": "1", "start_date": "2018-03-01"},
        {"job_id": "4", "participant_id": "somebody else", "start_date": "2018-03-01"},
    )
    marked = mark_job_starts(table, people, 0, True)
    assert marked["job_id"].tolist() == ["1", "2", "3"]
    assert marked["person"].tolist() == [0, 0, 1]


@pytest.mark.parametrize("hours", [0, 4])
def test_no_jobs_are_no_job_starts(jobs, hours):
    marked = mark_job_starts(jobs(), _people(), hours, True)
    assert marked.empty
    assert {"known_until", "ended", "counts"} <= set(marked)


def test_a_person_who_stands_twice_is_refused(jobs):
    twice = pd.concat([_people(), _people()])
    with pytest.raises(ValueError, match="one row a person"):
        mark_job_starts(jobs({"start_date": "2018-03-01"}), twice, 0, True)


def test_inputs_are_left_alone(jobs):
    table, people = jobs({"start_date": "2018-03-01"}), _people()
    before = table.copy(), people.copy()
    mark_job_starts(table, people, 4, True)
    assert_frame_equal(before[0], table)
    assert_frame_equal(before[1], people)
