from __future__ import annotations

import pandas as pd

from evaltools.derive.find_doubts import DOUBTS
from evaltools.derive.last_seen import last_seen

DAY = pd.Timestamp


def _people(recorded):
    return pd.DataFrame(
        {
            "participant_id": ["ann", "bob"], "cut": DAY("2018-12-31"), "seen_until": DAY("2018-02-01"),
            "contact_recorded": recorded, "discharge_date": pd.NaT, "site_id": ["north", "south"],
        }
    )  # fmt: skip


def test_the_last_dated_entry_counts_where_no_contact_is_recorded(jobs):
    work = jobs({"start_date": "2018-03-01", "end_date": "2018-05-01"}, {"job_id": "2", "start_date": "2019-03-01"})
    assert last_seen(_people([False, False]), {"jobs": work}).tolist() == [DAY("2018-05-01"), DAY("2018-02-01")]


def test_a_recorded_contact_stands(jobs):
    assert last_seen(_people([True, True]), {"jobs": jobs({"start_date": "2018-03-01"})}).tolist() == [DAY("2018-02-01")] * 2


def test_nobody(jobs):
    assert last_seen(_people([True, True]).iloc[:0], {"jobs": jobs({"start_date": "2018-03-01"})}).empty


def test_an_open_referral_means_contact_only_where_the_site_says_so():
    people = _people([False, False])
    assert last_seen(people, {}, ["south"]).tolist() == [DAY("2018-02-01"), DAY("2018-12-31")]
    aside = pd.DataFrame([["bob", "enrolments", "last_contact_date", "e"]], columns=list(DOUBTS)).astype(DOUBTS)
    assert last_seen(people, {"doubts": aside}, ["south"]).tolist() == [DAY("2018-02-01")] * 2
    assert last_seen(people.assign(discharge_date=DAY("2018-06-01")), {}, ["south"]).tolist() == [DAY("2018-02-01")] * 2
