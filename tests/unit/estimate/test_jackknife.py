from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
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


@pytest.mark.parametrize("code", [1, 2])
@pytest.mark.parametrize("cluster", [None, "person"])
def test_weights_and_clusters(many, code, cluster):
    """As above, with the influences of a cluster added before they are squared."""
    many.data["person"] = np.arange(300) // 3 % 37
    weights = np.random.default_rng(2).uniform(0.5, 2, 300)
    times = replace(many, weights=weights, cluster=cluster)
    curve = cumulative_incidence(times).query(f"cause == '{times.causes[code]}'")
    days, step = curve["time"].to_numpy(), 1e-5
    influence = np.zeros((300, len(days)))
    for person in range(300):
        nudge = np.zeros(300)
        nudge[person] = step
        more, less = (weighted_incidence(times, weights + sign * nudge, code, days) for sign in (1, -1))
        influence[person] = weights[person] * (more - less) / (2 * step)
    if cluster is not None:
        influence = np.array([influence[many.data["person"] == person].sum(axis=0) for person in range(37)])
    assert_allclose(curve["se"] ** 2, (influence**2).sum(axis=0), rtol=1e-5, atol=1e-12)


def test_clusters_of_one_are_people(many):
    alone = replace(many, data=many.data.assign(person=np.arange(300)), cluster="person")
    for by in (None, "site"):
        assert_allclose(cumulative_incidence(alone, by)["se"], cumulative_incidence(many, by)["se"], rtol=1e-9)


def test_a_doubled_file_with_clusters_has_the_error_of_the_single_one(many):
    """Duplicating each row halves the variance of a model but not that by cluster."""
    twice = pd.concat([many.data.assign(person=np.arange(300))] * 2, ignore_index=True)
    times = EventTimes.from_frame(twice, "days", "status", many.causes, entry="entry", cluster="person")
    assert_allclose(cumulative_incidence(times)["se"], cumulative_incidence(many)["se"], rtol=1e-9)
