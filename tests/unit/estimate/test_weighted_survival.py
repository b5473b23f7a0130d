from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.at_times import at_times
from evaltools.estimate.censoring_weights import censoring_weights
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.weighted_survival import weighted_survival


def times_of(n=200, seed=1):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "days": rng.integers(1, 60, n),
            "status": rng.integers(0, 2, n),
            "site": rng.choice(["a", "b"], n),
            "es": rng.integers(0, 12, n),
        }
    )
    frame.loc[:1, ["days", "status"]] = [60, 0]
    return EventTimes.from_frame(frame, "days", "status")


def test_weights_by_group_leave_the_curves_of_the_groups_as_they_are():
    times = times_of()
    found = weighted_survival(
        times,
        [20, 40],
        lambda people: censoring_weights(people, by="site", model="kaplan-meier", trim=(0, 1)),
        by="site",
        replicates=40,
    )
    rows = at_times(kaplan_meier(times, "site"), [20, 40])
    np.testing.assert_allclose(found.estimates["survival"], rows["value"], atol=1e-10)
    np.testing.assert_allclose(found.estimates["se"], rows["se"], rtol=0.5)  # 40 draws
    assert (found.estimates["lower"] < found.estimates["survival"]).all()


def test_clusters_are_drawn_whole_and_the_seed_decides():
    times = times_of()
    first, again = (
        weighted_survival(
            times, [20], lambda people: censoring_weights(people, "C(site)"), cluster="es", replicates=20, seed=3
        )
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(first.estimates, again.estimates)
    assert "by es (12)" in first.method


def test_beyond_follow_up_is_missing_with_a_reason():
    found = weighted_survival(times_of(), [20, 90], lambda people: censoring_weights(people, "C(site)"), replicates=20)
    assert found.estimates["survival"].isna().tolist() == [False, True]
    assert found.estimates["note"].iloc[1].startswith("not estimable")


def test_resamples_whose_loss_cannot_be_modelled_are_counted():
    frame = pd.DataFrame({"days": np.arange(1, 31), "status": 1})
    frame.loc[0, "status"] = 0
    found = weighted_survival(
        EventTimes.from_frame(frame, "days", "status"),
        [15],
        lambda people: censoring_weights(people, model="kaplan-meier"),
        replicates=60,
    )
    assert 5 < found.failed < 45  # the one who was lost is in 64% of the resamples


def test_one_cluster_is_refused():
    times = times_of()
    times.data["one"] = "x"
    with pytest.raises(EstimateError, match="only one one"):
        weighted_survival(times, [20], lambda people: censoring_weights(people), cluster="one")
