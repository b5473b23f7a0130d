from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.derive.spells import employment_spells


def _days(frame: pd.DataFrame) -> set[pd.Timestamp]:
    pairs = zip(frame["start_date"], frame["known_until"], strict=True)
    return {day for start, end in pairs for day in pd.date_range(start, end)}


def _day_by_day(jobs: pd.DataFrame, gap: int) -> list[tuple[object, ...]]:
    """The same by the plainest reading: look at every day, and open a spell after too many days out of work."""
    spells = []
    for person in sorted(jobs["participant_id"].unique()):
        mine = jobs[jobs["participant_id"] == person].sort_values(["start_date", "known_until"], kind="stable")
        worked = sorted(_days(mine))
        runs: list[list[pd.Timestamp]] = []
        for day in worked:
            if not runs or (day - runs[-1][-1]).days - 1 > gap:
                runs.append([])
            runs[-1].append(day)
        for number, run in enumerate(runs, 1):
            within = [job for job in mine.to_dict("records") if run[0] <= job["start_date"] <= run[-1]]
            ended = all(job["ended"] for job in within if job["known_until"] == run[-1])
            spells.append((person, number, run[0], run[-1], ended, within[0]["hours_per_week"], len(within)))
    return spells


@settings(max_examples=150, deadline=None)
@given(st.data(), st.integers(0, 12))
def test_agrees_with_looking_at_every_day(job_histories, data, gap):
    jobs = data.draw(job_histories())
    assert list(employment_spells(jobs, gap).itertuples(index=False, name=None)) == _day_by_day(jobs, gap)


@settings(max_examples=75, deadline=None)
@given(st.data(), st.integers(0, 12))
def test_joining_again_changes_nothing(job_histories, data, gap):
    spells = employment_spells(data.draw(job_histories()), gap)
    again = employment_spells(spells.drop(columns=["spell", "jobs"]), gap)
    assert_frame_equal(spells.drop(columns="jobs"), again.drop(columns="jobs"))


@settings(max_examples=75, deadline=None)
@given(st.data(), st.integers(0, 12), st.integers(0, 12))
def test_a_longer_gap_never_gives_more_spells(job_histories, data, gap, more):
    jobs = data.draw(job_histories())
    assert len(employment_spells(jobs, gap)) >= len(employment_spells(jobs, gap + more))


@settings(max_examples=75, deadline=None)
@given(st.data())
def test_without_a_gap_the_days_in_work_are_those_of_the_jobs(job_histories, data):
    jobs = data.draw(job_histories())
    spells = employment_spells(jobs, 0)
    for person, mine in jobs.groupby("participant_id"):
        joined = spells[spells["participant_id"] == person]
        assert _days(mine) == _days(joined)
        assert sum((joined["known_until"] - joined["start_date"]).dt.days + 1) == len(_days(mine))
    assert spells["jobs"].sum() == len(jobs)


def _two(hours: list[float | None], ended: list[bool]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "participant_id": "ann",
            "start_date": pd.to_datetime(["2019-02-01", "2019-01-01"]),
            "known_until": pd.to_datetime(["2019-03-01", "2019-02-10"]),
            "ended": ended,
            "hours_per_week": pd.Series(hours, dtype="Float64"),
        }
    )


def test_hours_are_those_of_the_first_job_and_stay_numbers_when_missing():
    spells = employment_spells(_two([30, 12], [True, True]))
    assert spells["hours_per_week"].tolist() == [12]
    other = _two([20, None], [True, True]).assign(participant_id=["bob", "ann"])
    hours = employment_spells(other)["hours_per_week"]
    assert hours.dtype == "Float64"
    assert hours.isna().tolist() == [True, False]


@pytest.mark.parametrize(("ended", "spell_ended"), [([True, False], True), ([False, True], False), ([True, True], True)])
def test_the_job_that_lasts_longest_says_whether_the_spell_has_ended(ended, spell_ended):
    assert employment_spells(_two([1, 2], ended))["ended"].tolist() == [spell_ended]


def test_no_jobs_are_no_spells_and_the_input_is_left_alone():
    jobs = _two([1, 2], [True, True])
    before = jobs.copy()
    spells = employment_spells(jobs)
    assert_frame_equal(before, jobs)
    nothing = employment_spells(jobs.iloc[:0])
    assert nothing.empty
    assert nothing.dtypes.drop("ended").to_dict() == spells.dtypes.drop("ended").to_dict()
