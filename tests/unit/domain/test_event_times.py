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
        ({"days": ["soon", 1]}, "days is not a number"),
        ({"days": [-1, 1]}, "days is negative"),
        ({"days": [np.inf, 1]}, "days is infinite"),
        ({"status": [None, 1]}, "status is missing"),
        ({"status": ["lost", 1]}, "status is not a number"),
        ({"status": [2, 1]}, "status has a code without a name in causes"),
        ({"status": [0.5, 1]}, "status has a code without a name in causes"),
        ({"entry": [None, 0]}, "entry is missing"),
        ({"entry": ["soon", 0]}, "entry is not a number"),
        ({"entry": [-1, 0]}, "entry is negative"),
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


def test_weights_strata_and_cluster_are_kept():
    frame = _frame(w=[2, 0.5], wave=["a", None], person=[1, 1], site=["x", "y"])
    times = EventTimes.from_frame(frame, "days", "status", weights="w", strata=["wave", "site"], cluster="person")
    assert times.weights is not None
    assert times.weights.tolist() == [2, 0.5]
    assert (times.strata, times.cluster) == (("wave", "site"), "person")
    assert EventTimes.from_frame(frame, "days", "status", strata="wave").strata == ("wave",)


@pytest.mark.parametrize(
    ("columns", "asked", "what"),
    [
        ({"w": [0, 1]}, {"weights": "w"}, "w is not a number above 0"),
        ({"w": [None, 1]}, {"weights": "w"}, "w is not a number above 0"),
        ({"w": [np.inf, 1]}, {"weights": "w"}, "w is not a number above 0"),
        ({"person": [None, 1]}, {"cluster": "person"}, "person is missing"),
    ],
)
def test_weights_and_clusters_that_cannot_be_used_are_refused(columns, asked, what):
    with pytest.raises(EstimateError) as caught:
        EventTimes.from_frame(_frame(**columns), "days", "status", **asked)
    assert [problem.detail for problem in caught.value.problems] == [what]


def test_columns_that_are_not_there_are_named():
    with pytest.raises(EstimateError, match="no column 'weeks' or 'who' in the frame"):
        EventTimes.from_frame(_frame(), "weeks", "status", cluster="who")


@pytest.mark.parametrize(
    ("site", "labels"),
    [
        ([10, 9, 10], ("10", "9")),
        ([-1, 3, 2], ("-1", "2", "3")),
        ([0, 1_000_000_000, 0], ("0", "1000000000")),
        ([True, False, True], ("False", "True")),
        (["b", None, "a"], ("a", "b", "(missing)")),
        (["z", "a", np.nan], ("a", "z", "(missing)")),
        (pd.Categorical(["b", "a", None], categories=["unused", "b", "a"]), ("a", "b", "(missing)")),
        (pd.array([2, None, 1], dtype="Int64"), ("1", "2", "(missing)")),
        ([1, "1", 2], ("1", "2")),
    ],
)
def test_labels_are_text_in_alphabetical_order_and_nobody_is_lost(site, labels):
    times = EventTimes.from_frame(pd.DataFrame({"days": [1, 2, 3], "status": 1, "site": site}), "days", "status")
    groups = times.grouped("site")
    assert groups.labels == labels
    given = ["(missing)" if pd.isna(value) else str(value) for value in times.data["site"]]
    assert [groups.labels[code] for code in groups.codes] == given
    assert times.groups("site").tolist() == given


def test_several_columns_make_one_label_of_each_combination_that_occurs():
    frame = pd.DataFrame({"days": 1, "status": 1, "a": ["x", "x", "y"], "b": [1, 2, 2]})
    groups = EventTimes.from_frame(frame, "days", "status").grouped(["a", "b"])
    assert groups.labels == ("x, 1", "x, 2", "y, 2")
    assert groups.codes.tolist() == [0, 1, 2]


def test_after_a_day_only_those_without_event_are_left():
    frame = pd.DataFrame({"days": [3, 5, 9], "status": 1, "seen": [0, 2, 6], "w": [1, 2, 3]})
    left = EventTimes.from_frame(frame, "days", "status", entry="seen", weights="w").after(3)
    assert left.duration.tolist() == [5, 9]
    assert left.entry.tolist() == [3, 6]
    assert left.data["w"].tolist() == [2, 3]
    assert left.weights is not None
    assert left.weights.tolist() == [2, 3]


def test_spans_of_time_are_days_and_dates_are_refused():
    spans = pd.to_timedelta([36, 48], "h")
    for held in (spans, spans.astype(object)):
        times = EventTimes.from_frame(pd.DataFrame({"days": held, "status": 1}), "days", "status")
        assert times.duration.tolist() == [1.5, 2.0]
    dates = pd.to_datetime(["2020-01-01", "2020-01-03"])
    for held in (dates, dates.astype(object), [day.date() for day in dates], dates.tz_localize("UTC")):
        with pytest.raises(EstimateError, match="'days' holds dates, not numbers"):
            EventTimes.from_frame(pd.DataFrame({"days": held, "status": 1}), "days", "status")
    with pytest.raises(EstimateError, match="'status' holds spans of time, not numbers"):
        EventTimes.from_frame(pd.DataFrame({"days": 1, "status": spans}), "days", "status")


def test_days_that_differ_by_rounding_alone_are_ties():
    frame = pd.DataFrame({"days": [0.1 + 0.2, 0.3, 0.30001], "status": 1, "entry": [0.0, 0.2, 0.3]})
    times = EventTimes.from_frame(frame, "days", "status", entry="entry")
    assert times.duration.tolist() == [0.3, 0.3, 0.30001]
    with pytest.raises(EstimateError, match="entry is not before days"):
        EventTimes.from_frame(frame.assign(entry=[0.3, 0, 0]), "days", "status", entry="entry")


def test_columns_of_one_name_are_refused():
    twice = pd.DataFrame([[1, 1, 2]], columns=["days", "status", "days"])
    with pytest.raises(EstimateError, match="more than one column called 'days'"):
        EventTimes.from_frame(twice, "days", "status")


@pytest.mark.parametrize(
    ("causes", "what"),
    [
        ({-1: "job"}, "-1 cannot be the code"),
        ({0: "job"}, "0 cannot be the code"),
        ({"1": "job"}, "'1' cannot be the code"),
        ({1: "job", 2: "job"}, "two causes are called 'job'"),
    ],
)
def test_causes_that_cannot_be_told_apart_are_refused(causes, what):
    with pytest.raises(EstimateError, match=what):
        EventTimes.from_frame(_frame(), "days", "status", causes)


def test_combinations_of_labels_that_read_alike_stay_apart():
    frame = pd.DataFrame({"days": [1, 2, 3], "status": 1, "a": ["x, y", "x", "x"], "b": ["z", "y, z", "w"]})
    codes, labels = EventTimes.from_frame(frame, "days", "status").grouped(["a", "b"])
    assert [labels[code] for code in codes] == ["'x, y', 'z'", "'x', 'y, z'", "x, w"]
