from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox


@pytest.mark.parametrize("strata", [None, "site"])
@pytest.mark.parametrize("late", [False, True])
def test_is_the_count_of_pairs(strata, late):
    rng = np.random.default_rng(4)
    n = 80
    frame = pd.DataFrame({"x": rng.integers(0, 6, n), "days": rng.integers(2, 15, n), "status": rng.integers(0, 2, n)})
    frame = frame.assign(site=rng.choice(["a", "b"], n), start=rng.integers(0, 14, n) % frame["days"] if late else 0)
    fit = cox(EventTimes.from_frame(frame, "days", "status", entry="start"), "x", strata=strata)
    score = frame["x"].to_numpy() * fit.coefficients[0]
    good = pairs = 0.0
    for i in np.flatnonzero(frame["status"]):
        t = frame["days"][i]
        other = (frame["days"] > t) | ((frame["days"] == t) & (frame["status"] == 0))
        other &= (frame["start"] < t) | (frame["start"] == 0)
        other &= (frame["site"] == frame["site"][i]) | (strata is None)
        gap = score[i] - score[other]
        good, pairs = good + (gap > 0).sum() + (gap == 0).sum() / 2, pairs + len(gap)
    assert_allclose(fit.concordance, good / pairs)


def test_nobody_to_compare_is_said_in_words(make):
    fit = cox(make([3, 3, 3], [1, 1, 1], x=[1, 2, 4]), "x")
    with pytest.raises(EstimateError, match="no two people"):
        _ = fit.concordance
