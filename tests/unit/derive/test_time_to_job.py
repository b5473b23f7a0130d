from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.derive.time_to_job import CAUSES, time_to_job

ENGAGED = pd.Timestamp("2019-01-01")


def _people(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """rows: days from engagement to a job, a doubtful job, leaving and the cut (None for never), and the reason."""
    names = ["first_job_date", "unknown_job_date", "discharge_date", "cut"]
    days = [[pd.NaT if day is None else ENGAGED + pd.Timedelta(days=day) for day in row[:4]] for row in rows]
    dates = pd.DataFrame(days, columns=names).astype(dict.fromkeys(names, "datetime64[ns]"))
    reasons = pd.Series([row[4] for row in rows], dtype="string")
    engaged = pd.Series([ENGAGED] * len(rows), dtype="datetime64[ns]")
    return dates.assign(engaged_date=engaged, discharge_reason=reasons)


def _day_by_day(job, doubtful, left, cut, reason):
    """Walk from the day of engagement to the cut; the first thing that is met decides."""
    for day in range(cut + 1):
        if day == job:
            return day, 1
        if day == doubtful:
            return day, 0
        if day == left:
            return day, 3 if reason == "died" else 2
    return cut, 0


def _history(cut: int):
    within = st.none() | st.integers(0, cut)
    reasons = st.sampled_from(["died", "moved", None])
    return st.tuples(within, within, st.none() | st.integers(0, cut + 5), st.just(cut), reasons)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 8).flatmap(_history), max_size=8))
def test_agrees_with_walking_through_the_days(rows):
    found = time_to_job(_people(rows))
    assert list(zip(found["days"], found["cause"], strict=True)) == [_day_by_day(*row) for row in rows]


@pytest.mark.parametrize(("left", "cause"), [(20, 0), (19, 2), (21, 0)])
def test_a_doubtful_job_on_the_day_of_leaving_is_not_taken_for_leaving_without_one(left, cause):
    assert time_to_job(_people([(None, 20, left, 90, "moved")]))["cause"].tolist() == [cause]


@pytest.mark.parametrize(
    "row", [(None, None, -1, 90, "moved"), (None, None, None, -1, None)], ids=["left before", "cut before"]
)
def test_dates_that_contradict_each_other_have_no_answer(row):
    found = time_to_job(_people([row]))
    assert found["days"].isna().tolist() == [True]
    assert found["cause"].isna().tolist() == [True]


def test_somebody_who_never_engaged_has_no_answer():
    people = _people([(None, None, None, 90, None)]).assign(engaged_date=pd.NaT)
    assert time_to_job(people).isna().all(axis=None)


def test_nobody_is_an_empty_table_of_the_same_types():
    nobody = time_to_job(_people([]))
    assert nobody.empty
    assert nobody.dtypes.astype(str).to_dict() == {"days": "Float64", "cause": "Int64"}


def test_answers_stand_at_the_places_of_their_people_and_the_input_is_left_alone():
    people = _people([(3, None, None, 90, None), (None, None, 5, 90, "died")]).set_axis([9, 4])
    before = people.copy()
    found = time_to_job(people)
    assert found["cause"].map(CAUSES).to_dict() == {9: "job", 4: "died"}
    assert_frame_equal(before, people)
