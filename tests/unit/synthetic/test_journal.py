from __future__ import annotations

from datetime import date

import pandas as pd
from pandas.testing import assert_frame_equal

from evaltools.synthetic.journal import Journal, readable
from evaltools.synthetic.programme import Programme


def test_counts_are_summed_by_place_and_nothing_is_noted_for_none() -> None:
    journal = Journal()
    journal.note("blank line", "a.csv", count=2)
    journal.note("blank line", "b.xlsx", "One")
    journal.note("hidden row", "b.xlsx", "One", 0)
    assert journal.nastiness() == {
        "blank line": {
            "count": 3,
            "where": [{"file": "a.csv", "sheet": "", "count": 2}, {"file": "b.xlsx", "sheet": "One", "count": 1}],
        }
    }


def test_nothing_spoilt_leaves_the_truth(truth: Programme) -> None:
    assert_frame_equal(readable(truth, Journal())["jobs"], truth.jobs)


def test_what_is_lost_is_lost_and_the_truth_is_left_alone(truth: Programme) -> None:
    before, journal = truth.enrolments.copy(), Journal()
    first, second, third = truth.participants["participant_id"][:3]
    worker = truth.jobs.iloc[0]
    journal.lose("participants", (first, 0))
    journal.change("enrolments.referral_date", (second, 0))
    journal.change("enrolments.benefit_at_entry", (third, 0))
    journal.change("jobs.start_date", (worker["participant_id"], 1), date(2015, 1, 1))
    seen = readable(truth, journal)
    people = seen["enrolments"].set_index("participant_id")
    assert first not in people.index
    assert pd.isna(people.loc[second, "referral_date"])
    assert people.loc[third, "benefit_at_entry"] == "unknown"
    assert seen["jobs"].iloc[0]["start_date"] == pd.Timestamp(2015, 1, 1)
    assert_frame_equal(before, truth.enrolments)
