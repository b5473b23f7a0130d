from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate import cluster_bootstrap as module
from evaltools.estimate.at_times import at_times
from evaltools.estimate.cluster_bootstrap import cluster_bootstrap, summarise_draws
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.median_time import median_time


def times_of(n=400, seed=1, **columns):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {"days": rng.integers(1, 100, n), "status": (rng.random(n) < 0.7).astype(int), "es": rng.integers(0, 20, n)}
    )
    frame["site"] = np.where(frame["es"] < 10, "a", "b")
    return EventTimes.from_frame(frame.assign(**columns), "days", "status")


def test_values_are_those_of_the_curves():
    times = times_of()
    found = cluster_bootstrap(times, "site", "es", days=[30], horizon=60, replicates=50).estimates
    assert found["statistic"].tolist() == ["median", "survival", "restricted_mean"] * 2
    np.testing.assert_allclose(found.query("statistic == 'median'")["value"], median_time(times, "site")["value"])
    np.testing.assert_allclose(
        found.query("statistic == 'survival'")["value"], at_times(kaplan_meier(times, "site"), [30])["value"]
    )


def test_people_resampled_one_by_one_have_the_error_of_greenwood():
    times = times_of(1000)
    found = cluster_bootstrap(times, p=None, days=[30], replicates=2000, seed=4).estimates.iloc[0]
    expected = at_times(kaplan_meier(times), [30]).iloc[0]
    assert found["se"] == pytest.approx(expected["se"], rel=0.08)  # 2,000 draws: about 1.6% either way


def test_clusters_that_differ_widen_the_interval():
    rng = np.random.default_rng(1)
    es = np.repeat(np.arange(20), 20)
    times = times_of(days=rng.geometric(1 / (20 + 5 * es)).clip(1, 99), status=1, es=es)
    alone, together = (
        cluster_bootstrap(times, cluster=cluster, p=None, days=[30], replicates=500).estimates["se"].iloc[0]
        for cluster in (None, "es")
    )
    assert together > 1.5 * alone


def test_the_seed_decides():
    first, again = (cluster_bootstrap(times_of(), cluster="es", replicates=40, seed=7).estimates for _ in range(2))
    pd.testing.assert_frame_equal(first, again)


def test_missing_labels_are_a_group():
    site = np.where(np.arange(400) < 30, None, "a")
    found = cluster_bootstrap(times_of(site=site), "site", replicates=40).estimates
    assert found["group"].tolist() == ["a", "(missing)"]


def test_what_is_not_reached_or_not_followed_is_said():
    times = times_of(status=0)
    found = cluster_bootstrap(times, days=[30, 500], replicates=40).estimates
    assert found["value"].isna().tolist() == [True, False, True]
    assert found["note"].iloc[0].startswith("not estimable: not reached")
    assert found["note"].iloc[2] == "not estimable: nobody is followed beyond day 99"


def test_draws_without_the_group_are_counted():
    table = summarise_draws(np.array([3.0]), np.array([[3.0, np.nan, np.inf, 4.0]]), 0.95)
    assert table["note"].iloc[0] == "not reached in 1 resamples; nobody of the group in 1 resamples"
    assert table["upper"].isna().all()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"p": None}, "nothing was asked for"),
        ({"p": 1.5}, "not a share of people"),
        ({"cluster": "one"}, "only one one"),
        ({"replicates": 5}, "5 replicates"),
        ({"cluster": "nowhere"}, "no column 'nowhere'"),
    ],
)
def test_bad_arguments_are_worded(arguments, said):
    with pytest.raises(EstimateError, match=said):
        cluster_bootstrap(times_of(one="x"), **arguments)


@pytest.mark.parametrize(("drawn", "together", "cells"), [(7, 30, 4_000_000), (100, 1000, 20 * 13), (1, 1, 1)])
def test_how_many_are_drawn_and_estimated_at_once_changes_nothing(monkeypatch, drawn, together, cells):
    expected = cluster_bootstrap(times_of(), "site", "es", days=[30], replicates=60).draws
    for name, value in (("_DRAWN", drawn), ("_TOGETHER", together), ("_CELLS", cells)):
        monkeypatch.setattr(module, name, value)
    found = cluster_bootstrap(times_of(), "site", "es", days=[30], replicates=60)
    np.testing.assert_allclose(found.draws, expected, rtol=1e-12)
    assert found.draws.shape == (4, 60)
