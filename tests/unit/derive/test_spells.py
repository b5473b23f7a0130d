from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.derive.spells import employment_spells, job_spells, open_reasons


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
            ended = all(job["ended"] for job in within)
            spells.append((person, number, run[0], run[-1], ended, within[0]["hours_per_week"], len(within), len(run)))
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
    counts = ["jobs", "worked_days"]  # of what was joined; a bridged gap is worked only once the spell is taken for a job
    assert_frame_equal(spells.drop(columns=counts), again.drop(columns=counts))


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
        assert joined["worked_days"].sum() == len(_days(mine))
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


@pytest.mark.parametrize(("ended", "spell_ended"), [([True, False], False), ([False, True], False), ([True, True], True)])
def test_one_job_that_may_still_be_held_keeps_the_spell_open(ended, spell_ended):
    assert employment_spells(_two([1, 2], ended))["ended"].tolist() == [spell_ended]


CUT = pd.Timestamp("2019-03-15")


def _last(gap: int, cut: str = "2019-03-15", seen: str = "2019-03-15") -> list[object]:
    """The last spell of two jobs, of which the later ends on 1 March."""
    jobs = _two([1, 2], [True, True]).assign(cut=pd.Timestamp(cut), seen_until=pd.Timestamp(seen))
    spell = employment_spells(jobs, gap).iloc[-1]
    return [bool(spell["ended"]), spell["open_because"]]


@pytest.mark.parametrize(
    ("gap", "cut", "seen", "ended", "because"),
    [
        (13, "2019-03-15", "2019-03-15", True, ""),  # fourteen days out of work are seen: too many
        (14, "2019-03-15", "2019-03-15", False, "data cut"),
        (14, "2019-06-30", "2019-03-15", False, "contact lost"),
        (14, "2019-06-30", "2019-03-16", True, ""),
        (0, "2019-06-30", "2019-03-01", True, ""),  # with no gap allowed an end is an end
        (0, "2019-03-01", "2019-03-01", False, "data cut"),  # a job on the next day would have followed on
    ],
)
def test_a_gap_that_is_not_finished_is_unresolved_not_lost(gap, cut, seen, ended, because):
    assert _last(gap, cut, seen) == [ended, because]


def test_a_job_that_follows_shows_that_an_earlier_gap_is_finished():
    jobs = _two([1, 2], [True, True]).assign(
        start_date=pd.to_datetime(["2019-02-20", "2019-01-01"]), cut=CUT, seen_until=CUT
    )
    spells = employment_spells(jobs, 7)
    assert spells["ended"].tolist() == [True, True]
    assert employment_spells(jobs, 30)["ended"].tolist() == [False]


def test_jobs_as_spells_of_their_own():
    jobs = _two([30, 12], [True, True]).assign(cut=CUT, seen_until=CUT)
    spells = job_spells(jobs)
    assert spells["spell"].tolist() == [1, 2]
    assert spells["hours_per_week"].tolist() == [12, 30]
    assert spells["worked_days"].tolist() == [41, 29]
    assert spells["ended"].all()
    same_day = jobs.assign(start_date=pd.Timestamp("2019-01-01"))
    assert job_spells(same_day)["known_until"].tolist() == [pd.Timestamp("2019-03-01"), pd.Timestamp("2019-02-10")]


def test_an_open_job_says_why_it_is_open():
    jobs = _two([1, 2], [False, False]).assign(cut=pd.Timestamp("2019-03-01"), seen_until=pd.Timestamp("2019-03-01"))
    spells = open_reasons(job_spells(jobs).drop(columns="open_because"), np.array([False, True]), 0)
    assert spells["open_because"].tolist() == ["contact lost", "data cut"]


def test_no_jobs_are_no_spells_and_the_input_is_left_alone():
    jobs = _two([1, 2], [True, True])
    before = jobs.copy()
    spells = employment_spells(jobs)
    assert_frame_equal(before, jobs)
    nothing = employment_spells(jobs.iloc[:0])
    assert nothing.empty
    assert nothing.dtypes.drop("ended").to_dict() == spells.dtypes.drop("ended").to_dict()
