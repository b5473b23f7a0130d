from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from evaltools.derive.joined_days import joined_days

STRETCHES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.integers(-9, 9), st.integers(0, 5)), max_size=12)


def _frame(rows):
    frame = pd.DataFrame(rows, columns=["row", "who", "first", "length"]).astype({"row": "int64", "first": "int64"})
    return frame.assign(last=(frame["first"] + frame.pop("length")).astype("int64"))


@settings(max_examples=60)
@given(STRETCHES)
def test_the_days_stay_the_same_and_stand_once(rows):
    frame = _frame(rows)
    joined = joined_days(frame, ["row", "who"])
    before = {(r.row, r.who, d) for r in frame.itertuples() for d in range(r.first, r.last + 1)}
    after = [(r.row, r.who, d) for r in joined.itertuples() for d in range(r.first, r.last + 1)]
    assert len(after) == len(set(after))
    assert set(after) == before
    touching = joined["first"].shift(-1) == joined["last"] + 1
    same = (joined[["row", "who"]] == joined[["row", "who"]].shift(-1)).all(axis=1)
    assert not (touching & same).any()


@settings(max_examples=20)
@given(STRETCHES)
def test_joining_twice_changes_nothing(rows):
    once = joined_days(_frame(rows), ["row", "who"])
    assert_frame_equal(joined_days(once, ["row", "who"]), once)


def test_its_input_is_left_alone():
    frame = _frame([(1, "a", 3, 2), (0, "b", 1, 1)])
    before = frame.copy()
    joined_days(frame, ["row", "who"])
    assert_frame_equal(before, frame)
