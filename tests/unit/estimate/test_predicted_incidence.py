from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.cox import cox
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.predicted_incidence import cause_specific, predicted_incidence

RNG = np.random.default_rng(22)
N = 3000
FRAME = pd.DataFrame({"x": np.tile([1.0, -1.0], N // 2), "days": RNG.integers(1, 30, N), "status": RNG.integers(0, 3, N)})


def take(frame):
    return EventTimes.from_frame(frame, "days", "status", {1: "job", 2: "left"})


def test_incidences_and_no_event_add_up_to_one():
    fits = cause_specific(take(FRAME), "x")
    both = cox(take(FRAME), "x", ties="breslow")
    assert list(fits) == ["job", "left"]
    newdata = pd.DataFrame({"x": [0.3, -1.0]})
    found = predicted_incidence(fits, newdata, [5, 12, 29])
    total = found.groupby(["row", "time"])["incidence"].sum()
    hazards = sum(
        fit.survival(newdata, [5, 12, 29]).set_index(["row", "time"])["survival"].map(np.log) for fit in fits.values()
    )
    assert_allclose(1 - total, np.exp(hazards), rtol=1e-10)
    assert both.events == sum(fit.events for fit in fits.values())


def test_without_effect_it_is_near_aalen_and_johansen():
    """Apart from exp(-h) against 1 - h, which differ by the square of a step."""
    same = FRAME.iloc[::2].merge(pd.DataFrame({"x2": [1.0, -1.0]}), how="cross")
    found = predicted_incidence(cause_specific(take(same), "x2"), pd.DataFrame({"x2": [0.0]}), [4, 10, 20])
    curve = cumulative_incidence(take(same)).set_index(["cause", "time"])["incidence"]
    expected = [curve.loc[(row.cause, row.time)] for row in found.itertuples()]
    assert_allclose(found["incidence"], expected, rtol=0.02)


def test_every_event_time_by_default_and_nothing_after_the_last():
    fits = cause_specific(take(FRAME), "x", ties="breslow")
    found = predicted_incidence(fits, pd.DataFrame({"x": [0.0]}))
    assert found.groupby("cause")["incidence"].agg(lambda curve: curve.is_monotonic_increasing).all()
    assert predicted_incidence(fits, pd.DataFrame({"x": [0.0]}), [99])["incidence"].isna().all()
