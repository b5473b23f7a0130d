from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.estimate import event_counts as module
from evaltools.estimate.event_counts import entry_rows, event_counts, exit_rows


def same(one, other):
    assert one.labels == other.labels
    for name in ("starts", "time", "at_risk", "ended", "by_cause"):
        assert_allclose(getattr(one, name), getattr(other, name), atol=1e-9)


@given(data=st.data())
def test_days_that_are_not_whole_are_counted_the_same(data, some_people):
    times = data.draw(some_people())
    tenth = replace(times, duration=times.duration / 10)
    same(replace(event_counts(tenth), time=event_counts(times).time), event_counts(times))


@pytest.mark.parametrize("small", [1, 1 << 16])
def test_sorting_and_counting_agree(many, small, monkeypatch):
    expected = event_counts(many, "site")
    monkeypatch.setattr(module, "_SMALL", small)
    monkeypatch.setattr(module, "_ROOMY", 0 if small == 1 else 4)
    monkeypatch.setattr(module, "_BLOCK", 7)
    same(event_counts(many, "site"), expected)


def test_whole_numbers_given_as_such_are_counted_the_same(many):
    same(event_counts(replace(many, duration=many.duration.astype(np.int64)), "site"), event_counts(many, "site"))


def test_weights_of_one_change_nothing_and_weights_of_two_double(many):
    once, twice = (replace(many, weights=np.full(len(many), size)) for size in (1.0, 2.0))
    same(event_counts(once, "site"), event_counts(many, "site"))
    assert_allclose(event_counts(twice).at_risk, 2 * event_counts(many).at_risk)


def test_codes_need_not_be_1_2_3(make):
    times = make([1, 2, 3], [5, 0, 9], causes={9: "left", 5: "job"})
    counts = event_counts(times)
    assert counts.codes == (5, 9)
    assert counts.by_cause.tolist() == [[1, 0, 0], [0, 0, 1]]


def test_rows_of_exit_and_entry(many):
    counts = event_counts(many, "site")
    last, first = exit_rows(counts, many, "site"), entry_rows(counts, many, "site")
    assert (counts.time[last] == many.duration).all()
    assert (counts.group()[last] == many.data["site"]).all()
    assert (counts.time[first] > np.where(many.entry > 0, many.entry, -1)).all()
    assert (first <= last).all()
    rows = np.arange(len(counts.time))[:, None]
    assert counts.at_risk.tolist() == ((first <= rows) & (rows <= last)).sum(axis=1).tolist()


def test_nobody():
    counts = event_counts(EventTimes.from_frame(pd.DataFrame({"days": [], "status": []}), "days", "status"))
    assert counts.labels == ()
    assert counts.time.size == counts.events.size == 0


@pytest.mark.parametrize("site", [[0, 1, 2], [1, 7, 30], [0, 1, 500], [3, 3, 3], [0, 1, -1]])
def test_whole_number_groups_that_show_late_are_counted_too(many, monkeypatch, site):
    monkeypatch.setattr(module, "_BLOCK", 100)
    frame = many.data.assign(site=np.repeat(site, 100))
    times = EventTimes.from_frame(frame, "days", "status", many.causes, entry="entry")
    text = EventTimes.from_frame(frame.astype({"site": str}), "days", "status", many.causes, entry="entry")
    category = replace(times, data=text.data.astype({"site": "category"}))
    for other in (times, category):
        same(event_counts(other, "site"), event_counts(text, "site"))


def test_many_are_counted_by_a_sparse_row_and_few_by_numpy_to_the_same_numbers(many, monkeypatch):
    weighted = replace(many, weights=np.linspace(0.5, 2.5, len(many)))
    plain, heavy = event_counts(many, "site"), event_counts(weighted, "site")
    monkeypatch.setattr(module, "_MANY", 1)
    monkeypatch.setattr(module, "_BLOCK", 7)
    same(event_counts(many, "site"), plain)
    same(event_counts(weighted, "site"), heavy)
    assert event_counts(many, "site").ended.dtype == np.int64
    assert event_counts(replace(many, cause=np.zeros(len(many), dtype=np.int64)), "site").events.sum() == 0


def test_a_cause_below_zero_is_refused_and_never_written_outside_the_table(many, monkeypatch):
    monkeypatch.setattr(module, "_MANY", 1)
    with pytest.raises(ValueError, match="negative"):
        event_counts(replace(many, duration=np.zeros(len(many)), cause=np.full(len(many), -1)))
