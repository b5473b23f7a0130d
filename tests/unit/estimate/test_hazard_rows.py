from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.errors import EstimateError
from evaltools.estimate.hazard_rows import exposure_rows, period_rows

DAYS, STATUS, ENTRY = [0, 7, 10, 21, 22], [1, 0, 0, 1, 2], [0, 0, 0, 7, 8]


def test_periods_by_hand(make):
    rows = period_rows(make(DAYS, STATUS, entry=ENTRY), width=7, cause="job")
    listed = list(zip(rows["person"], rows["period"], rows["event"], strict=True))
    assert listed == [(0, 1, 1), (1, 1, 0), (2, 1, 0), (3, 2, 0), (3, 3, 1), (4, 3, 0)]


def test_stretches_by_hand(make):
    rows = exposure_rows(make(DAYS, STATUS, entry=ENTRY), [7, 14])
    listed = list(zip(rows["person"], rows["interval"], rows["exposure"], rows["event"], strict=True))
    assert listed == [
        (0, "(0, 7]", 0.5, 1),
        (1, "(0, 7]", 7, 0),
        (2, "(0, 7]", 7, 0),
        (2, "(7, 14]", 3, 0),
        (3, "(7, 14]", 7, 0),
        (3, "(14, ...)", 7, 1),
        (4, "(7, 14]", 6, 0),
        (4, "(14, ...)", 8, 1),
    ]


def test_time_at_risk_and_events_are_kept_whole(many):
    rows = exposure_rows(many, [3, 10, 20])
    assert_allclose(rows["exposure"].sum(), (many.duration - many.entry).sum())
    assert rows["event"].sum() == (many.cause > 0).sum()
    assert period_rows(many)["event"].sum() == (many.cause > 0).sum()
    assert len(period_rows(many)) == np.sum(many.duration - many.entry)


def test_impossible_stretches_are_refused(many):
    with pytest.raises(EstimateError, match="0 days is not possible"):
        period_rows(many, width=0)
    with pytest.raises(EstimateError, match="before day 0"):
        exposure_rows(many, [-1, 5])
