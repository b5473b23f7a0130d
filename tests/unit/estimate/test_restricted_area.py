from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.event_counts import event_counts
from evaltools.estimate.incidence_steps import incidence_steps
from evaltools.estimate.restricted_area import restricted_area


def area(times, weights, horizon, code):
    """Area of the weighted Aalen-Johansen curve, one time after the other."""
    survival, incidence, total, since = 1.0, 0.0, 0.0, 0.0
    for day in np.unique(times.duration[times.duration <= horizon]):
        total, since = total + incidence * (day - since), day
        risk = ((times.entry < day) | (times.entry == 0)) & (times.duration >= day)
        now, n = times.duration == day, weights[risk].sum()
        incidence += survival * weights[now & (times.cause == code)].sum() / n
        survival *= 1 - weights[now & (times.cause > 0)].sum() / n
    return total + incidence * (horizon - since)


@pytest.mark.parametrize("cluster", [None, "person"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("late", [False, True])
def test_variance_is_the_sum_of_squared_influences(many, cluster, weighted, late):
    """The influence of a person is the derivative by that person's weight, taken here numerically (central difference)."""
    times = replace(many, entry=many.entry if late else np.zeros(300))
    times.data["person"] = np.arange(300) // 3
    weights = np.random.default_rng(1).uniform(0.5, 2, 300) if weighted else np.ones(300)
    times = replace(times, weights=weights if weighted else None, cluster=cluster)
    counts = event_counts(times)
    found = restricted_area(incidence_steps(counts, 1), counts, 20.5, times, None, 1)
    assert_allclose(found.lost, area(times, weights, 20.5, 1), rtol=1e-10)
    step, influence = 1e-5, np.zeros(300)
    for person in range(300):
        nudge = np.zeros(300)
        nudge[person] = step
        more, less = (area(times, weights + sign * nudge, 20.5, 1) for sign in (1, -1))
        influence[person] = weights[person] * (more - less) / (2 * step)
    units = influence if cluster is None else np.bincount(times.data["person"], influence)
    assert_allclose(found.covariance, [[(units**2).sum()]], rtol=1e-6)


def test_groups_that_share_clusters_are_not_independent(many):
    many.data["person"] = np.arange(300) // 2
    times = replace(many, cluster="person")
    counts = event_counts(times, "site")
    covariance = restricted_area(incidence_steps(counts), counts, 30, times, "site").covariance
    assert_allclose(covariance, covariance.T)
    assert (covariance[~np.eye(3, dtype=bool)] != 0).all()
