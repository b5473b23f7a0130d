from __future__ import annotations

import numpy as np
from lifelines import KaplanMeierFitter
from numpy.testing import assert_allclose

from evaltools.estimate.reverse_kaplan_meier import median_follow_up, reverse_kaplan_meier


def test_events_and_censorings_change_places(four):
    curve = reverse_kaplan_meier(four)
    assert curve["events"].tolist() == [0, 0, 1]
    assert curve["censored"].tolist() == [1, 2, 0]


def test_agrees_with_lifelines(many):
    curve = reverse_kaplan_meier(many)
    other = KaplanMeierFitter().fit(many.duration, many.cause == 0, entry=many.entry)
    assert_allclose(curve["survival"], other.survival_function_.loc[curve["time"]].iloc[:, 0], rtol=1e-10, atol=1e-12)


def test_median_by_group(make):
    times = make([1, 2, 3, 4, 5, 9], [0, 0, 0, 1, 0, 0], site=["a", "a", "a", "b", "b", "b"])
    assert median_follow_up(times, by="site")["value"].tolist() == [2, 5]


def test_everybody_with_an_event_was_never_seen_to_end(make):
    row = median_follow_up(make([1, 2], [1, 1])).iloc[0]
    assert np.isnan(row["value"])
    assert row["note"] == "not reached"
