from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.derive.spell_totals import days_worked_within, spell_totals
from evaltools.derive.spells import employment_spells


def _days(jobs):
    pairs = zip(jobs["start_date"], jobs["known_until"], strict=True)
    return {day for start, end in pairs for day in pd.date_range(start, end)}


@settings(max_examples=100, deadline=None)
@given(st.data(), st.integers(0, 12), st.integers(1, 90))
def test_agrees_with_counting_the_days(job_histories, data, gap, window):
    jobs = data.draw(job_histories())
    spells = employment_spells(jobs, gap)
    totals = spell_totals(spells).set_index("participant_id")
    for person, mine in jobs.groupby("participant_id"):
        held = spells[spells["participant_id"] == person]
        found = totals.loc[person]
        assert found["days_in_work"] == len(_days(mine))
        assert found["longest_days"] == (held["known_until"] - held["start_date"]).dt.days.max()
        assert found["spells"] == len(held)
        assert found["start_date"] == mine["start_date"].min()
    numbered = jobs.assign(person=pd.factorize(jobs["participant_id"])[0])
    origins = numbered.sort_values("start_date").drop_duplicates("person")
    within = [
        len({day for day in _days(numbered[numbered["person"] == who]) if (day - start).days < window})
        for who, start in zip(origins["person"], origins["start_date"], strict=True)
    ]
    assert days_worked_within(numbered, origins, window).tolist() == within


def test_nobody_is_an_empty_table_of_the_same_columns_and_inputs_are_left_alone(job_histories):
    jobs = pd.DataFrame(
        {
            "participant_id": ["ann"],
            "start_date": [pd.Timestamp("2019-01-01")],
            "known_until": [pd.Timestamp("2019-01-31")],
            "ended": [True],
            "hours_per_week": [20.0],
        }
    )
    spells = employment_spells(jobs)
    before = spells.copy()
    assert list(spell_totals(spells.iloc[:0])) == list(spell_totals(spells))
    assert spell_totals(spells, inclusive_days=True)["longest_days"].tolist() == [31]
    assert_frame_equal(before, spells)


def test_a_person_without_jobs_has_worked_no_days():
    jobs = pd.DataFrame(
        {"person": [1], "start_date": [pd.Timestamp("2019-01-01")], "known_until": [pd.Timestamp("2019-01-31")]}
    ).assign(ended=True, hours_per_week=20.0)
    origins = pd.DataFrame({"person": [0, 1], "start_date": [pd.Timestamp("2019-01-15")] * 2})
    assert days_worked_within(jobs, origins, 10).tolist() == [0, 10]
    assert days_worked_within(jobs.iloc[:0], origins, 10).tolist() == [0, 0]
    assert days_worked_within(jobs, origins, 10).dtype == np.int64
