from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.derive.sustainment import sustained

FIRST = pd.Timestamp("2019-01-01")


def _spells(rows: list[tuple[int, int, bool]]) -> pd.DataFrame:
    """rows: days the job is known to be held after its first, days from there to the cut, ended."""
    return pd.DataFrame(
        {
            "start_date": pd.to_datetime([FIRST] * len(rows)),
            "known_until": pd.to_datetime([FIRST + pd.Timedelta(days=held) for held, _, _ in rows]),
            "ended": pd.Series([ended for *_, ended in rows], dtype=bool),
            "cut": pd.to_datetime([FIRST + pd.Timedelta(days=held + more) for held, more, _ in rows]),
        }
    )


histories = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100), st.booleans()), max_size=8).map(_spells)


def _day_by_day(spell: pd.Series, weeks: int, inclusive: bool) -> tuple[bool, str]:
    """Look at every day: is the person in work on the day that completes k weeks?"""
    milestone = spell["start_date"] + pd.Timedelta(days=7 * weeks - inclusive)
    seen = milestone in pd.date_range(spell["start_date"], spell["cut"])
    if milestone in pd.date_range(spell["start_date"], spell["known_until"]):
        return seen, "yes"
    if spell["ended"]:
        return seen, "no"
    return seen, "unknown" if seen else "not yet"


@settings(max_examples=200, deadline=None)
@given(histories, st.sampled_from([1, 6, 13]), st.booleans())
def test_agrees_with_looking_at_every_day(spells, weeks, inclusive):
    judged = sustained(spells, weeks, inclusive)
    expected = [_day_by_day(spell, weeks, inclusive) for _, spell in spells.iterrows()]
    assert list(zip(judged["followed"].tolist(), judged["state"].tolist(), strict=True)) == expected


@settings(max_examples=100, deadline=None)
@given(histories, st.integers(1, 8), st.integers(1, 8))
def test_who_keeps_work_for_longer_has_kept_it_for_less(spells, weeks, more):
    sooner, later = sustained(spells, weeks), sustained(spells, weeks + more)
    assert set(later.index[later["state"] == "yes"]) <= set(sooner.index[sooner["state"] == "yes"])
    assert set(later.index[later["followed"]]) <= set(sooner.index[sooner["followed"]])


@settings(max_examples=100, deadline=None)
@given(histories, st.integers(1, 14))
def test_whoever_kept_work_was_followed_and_not_yet_means_not_followed(spells, weeks):
    judged = sustained(spells, weeks)
    assert judged.loc[judged["state"] == "yes", "followed"].all()
    assert not judged.loc[judged["state"] == "not yet", "followed"].any()
    assert judged.loc[judged["state"] == "unknown", "followed"].all()


def test_answers_stand_at_the_places_of_their_spells_and_the_input_is_left_alone():
    spells = _spells([(50, 0, False), (10, 90, True)]).set_axis([7, 3])
    before = spells.copy()
    judged = sustained(spells, 6)
    assert judged["state"].to_dict() == {7: "yes", 3: "no"}
    assert_frame_equal(before, spells)


def test_no_spells_are_no_answers():
    judged = sustained(_spells([]), 13)
    assert judged.empty
    assert judged.dtypes.astype(str).to_dict() == {"followed": "bool", "state": "string"}
