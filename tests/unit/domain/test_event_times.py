from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError


def _frame(**columns: object) -> pd.DataFrame:
    return pd.DataFrame({"days": [3, 0], "status": [1, 0], **columns})


def test_columns_become_arrays():
    times = EventTimes.from_frame(_frame(), "days", "status", {1: "job"})
    assert times.duration.tolist() == [3.0, 0.0]
    assert times.cause.tolist() == [1, 0]
    assert times.entry.tolist() == [0.0, 0.0]
    assert times.causes == {1: "job"}
    assert len(times) == 2


def test_nullable_columns_and_booleans_are_taken():
    frame = pd.DataFrame({"days": pd.array([3, 5], "Float64"), "status": pd.array([True, False], "boolean")})
    times = EventTimes.from_frame(frame, "days", "status")
    assert times.duration.dtype == np.float64
    assert times.cause.tolist() == [1, 0]
    assert times.causes == {1: "event"}


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({"days": [None, 1]}, "days is missing"),
        ({"days": ["soon", 1]}, "days is missing"),
        ({"days": [-1, 1]}, "days is negative"),
        ({"days": [np.inf, 1]}, "days is infinite"),
        ({"status": [None, 1]}, "status is missing"),
        ({"status": [2, 1]}, "status has a code without a name in causes"),
        ({"status": [0.5, 1]}, "status has a code without a name in causes"),
        ({"entry": [None, 0]}, "entry is missing"),
        ({"entry": [3, 0]}, "entry is not before days"),
    ],
)
def test_rows_that_cannot_be_used_are_refused_with_their_number(columns, what):
    with pytest.raises(EstimateError) as caught:
        EventTimes.from_frame(_frame(entry=0).assign(**columns), "days", "status", entry="entry")
    assert [problem.detail for problem in caught.value.problems] == [what]
    assert caught.value.problems[0].what == "1 of 2 rows cannot be used as event times"
    assert caught.value.exit_code == 13


def test_every_fault_is_told_at_once():
    with pytest.raises(EstimateError) as caught:
        EventTimes.from_frame(_frame(days=[-1, None], status=[7, None]), "days", "status")
    assert len(caught.value.problems) == 4


def test_a_late_entry_is_kept():
    assert EventTimes.from_frame(_frame(entry=[2, 0]), "days", "status", entry="entry").entry.tolist() == [2.0, 0.0]


def test_groups_are_text_and_a_missing_label_is_a_group():
    times = EventTimes.from_frame(_frame(site=[7, None]).set_axis([5, 6]), "days", "status")
    assert times.groups(None).tolist() == ["all", "all"]
    assert times.groups("site").tolist() == ["7.0", "(missing)"]
    assert times.groups("site").index.tolist() == [0, 1]


def test_a_group_that_is_not_there_is_refused_with_what_is():
    with pytest.raises(EstimateError) as caught:
        EventTimes.from_frame(_frame(), "days", "status").groups("sex")
    assert caught.value.problems[0].fix == "use one of: days, status"


def test_nobody_and_an_untouched_input():
    frame = _frame()
    before = frame.copy()
    EventTimes.from_frame(frame, "days", "status").data["days"] = 99
    assert_frame_equal(before, frame)
    assert len(EventTimes.from_frame(frame.iloc[:0], "days", "status")) == 0
