from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.loss_periods import loss_periods, lost_people


def times_of(**columns):
    frame = pd.DataFrame({"days": [10, 14, 20, 0], "status": [0, 1, 0, 0], "start": [0, 8, 0, 0]})
    return EventTimes.from_frame(frame.assign(**columns), "days", "status", entry="start")


def test_follow_up_is_cut_at_the_ends_of_periods():
    times = times_of()
    periods = loss_periods(times, np.array([True, False, False, False]), 7.0)
    rows = list(zip(periods.person.tolist(), periods.start.tolist(), periods.stop.tolist(), strict=True))
    assert rows == [(0, 0, 7), (0, 7, 10), (1, 8, 14), (2, 0, 7), (2, 7, 14), (2, 14, 20), (3, 0, 0)]
    assert periods.final.tolist() == [False, True, True, False, False, True, True]
    assert periods.lost.tolist() == [False, True, False, False, False, False, False]
    # an event in the period, or follow-up that ends within it without a loss, says nothing of loss
    assert periods.informative.tolist() == [True, True, False, True, True, False, False]


def test_without_a_length_periods_end_on_the_days_of_loss():
    assert loss_periods(times_of(), np.array([True, False, False, False]), None).ends.tolist() == [10, 20]


def test_who_was_lost():
    assert lost_people(times_of(), None).tolist() == [True, False, True, True]
    assert lost_people(times_of(lost=[True, True, False, False]), "lost").tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("columns", "lost", "said"),
    [
        ({}, "nowhere", "no column 'nowhere'"),
        ({"lost": [True, None, False, False]}, "lost", "not yes or no"),
        ({"lost": False}, "lost", "nobody was lost"),
    ],
)
def test_bad_columns_are_worded(columns, lost, said):
    with pytest.raises(EstimateError, match=said):
        lost_people(times_of(**columns), lost)


def test_a_period_has_a_length():
    with pytest.raises(EstimateError, match="no period"):
        loss_periods(times_of(), np.ones(4, dtype=bool), 0.0)
