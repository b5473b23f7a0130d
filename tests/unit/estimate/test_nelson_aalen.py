from __future__ import annotations

import numpy as np
import pytest
from lifelines import NelsonAalenFitter
from numpy.testing import assert_allclose

from evaltools.estimate.nelson_aalen import nelson_aalen


def test_agrees_with_lifelines_also_with_late_entry(many):
    curve = nelson_aalen(many)
    other = NelsonAalenFitter(nelson_aalen_smoothing=False).fit(many.duration, many.cause > 0, entry=many.entry)
    assert_allclose(curve["hazard"], other.cumulative_hazard_.loc[curve["time"]].iloc[:, 0], rtol=1e-10)


def test_by_hand(four):
    curve = nelson_aalen(four, cause="job")
    assert_allclose(curve["hazard"], [1 / 4, 1 / 4 + 1 / 3, 1 / 4 + 1 / 3])
    assert_allclose(curve["se"] ** 2, np.array([1 / 16, 1 / 16 + 1 / 9, 1 / 16 + 1 / 9]))


def test_causes_add_up(many):
    parts = [nelson_aalen(many, by="site", cause=cause)["hazard"] for cause in ("job", "left")]
    assert_allclose(parts[0] + parts[1], nelson_aalen(many, by="site")["hazard"], atol=1e-12)


@pytest.mark.parametrize("days", [[3, 4], []])
def test_no_events_has_no_interval(make, days):
    curve = nelson_aalen(make(days, [0] * len(days)))
    assert curve["hazard"].eq(0).all()
    assert curve[["lower", "upper"]].isna().all(axis=None)
