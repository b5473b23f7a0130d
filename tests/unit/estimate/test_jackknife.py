from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.cumulative_incidence import cumulative_incidence


def weighted_incidence(times, weight, code, days):
    """Aalen-Johansen with a weight for each person, one time after the other."""
    survival, incidence, curve = 1.0, 0.0, {}
    for day in np.unique(times.duration):
        risk = ((times.entry < day) | (times.entry == 0)) & (times.duration >= day)
        now = times.duration == day
        n = weight[risk].sum()
        incidence += survival * weight[now & (times.cause == code)].sum() / n
        survival *= 1 - weight[now & (times.cause > 0)].sum() / n
        curve[day] = incidence
    return np.array([curve[day] for day in days])


@pytest.mark.parametrize("site", ["a", "b", "c"])
@pytest.mark.parametrize("code", [1, 2])
def test_variance_is_the_sum_of_squared_influences_also_with_late_entry(many, site, code):
    """The influence of a person is the derivative by that person's weight, taken here numerically (central difference)."""
    part = many.data[many.data["site"] == site]
    times = type(many).from_frame(part, "days", "status", many.causes, entry="entry")
    curve = cumulative_incidence(times).query(f"cause == '{times.causes[code]}'")
    days, step, total = curve["time"].to_numpy(), 1e-5, np.zeros(len(curve))
    for person in range(len(times)):
        nudge = np.zeros(len(times))
        nudge[person] = step
        higher = weighted_incidence(times, 1 + nudge, code, days)
        lower = weighted_incidence(times, 1 - nudge, code, days)
        total += ((higher - lower) / (2 * step)) ** 2
    assert_allclose(curve["se"] ** 2, total, rtol=1e-5, atol=1e-12)  # error of the difference is about step squared
