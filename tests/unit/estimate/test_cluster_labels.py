from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.aft import aft
from evaltools.estimate.cluster_bootstrap import cluster_bootstrap
from evaltools.estimate.cluster_labels import cluster_labels
from evaltools.estimate.cox import cox
from evaltools.estimate.cox_bootstrap import cox_bootstrap
from evaltools.estimate.fine_gray import fine_gray
from evaltools.estimate.piecewise_exponential import piecewise_exponential
from evaltools.estimate.pseudo_observations import pseudo_observations
from evaltools.estimate.pseudo_regression import pseudo_regression


@pytest.fixture
def times() -> EventTimes:
    rng = np.random.default_rng(3)
    sites = np.array([*"abc", None], dtype=object)[np.arange(60) % 4]
    frame = pd.DataFrame({"days": rng.integers(1, 40, 60), "status": 1, "x": rng.normal(size=60), "site": sites})
    return EventTimes.from_frame(frame, "days", "status")


@pytest.mark.parametrize(
    "call",
    [
        lambda times: cox(times, "x", cluster="site"),
        lambda times: aft(times, "x", cluster="site"),
        lambda times: fine_gray(times, "x", "event", cluster="site"),
        lambda times: cluster_bootstrap(times, cluster="site", replicates=20),
        lambda times: cox_bootstrap(times, "x", cluster="site", replicates=20),
        lambda times: piecewise_exponential(times, "x", [0, 10, 20], cluster="site"),
        lambda times: pseudo_regression(times, pseudo_observations(times, 20), "x", cluster="site"),
    ],
    ids=["cox", "aft", "fine_gray", "cluster_bootstrap", "cox_bootstrap", "piecewise_exponential", "pseudo_regression"],
)
def test_a_row_of_unknown_cluster_is_refused_by_every_estimate(times, call):
    with pytest.raises(EstimateError, match="'site' is missing in"):
        call(times)


def test_clusters_of_rows_that_are_not_used_are_not_counted(times):
    codes, labels = cluster_labels(times, "site", np.array([1, 2, 5]))
    assert (codes.tolist(), labels) == ([0, 1, 0], ("b", "c"))
    with pytest.raises(EstimateError, match="no column 'sit'"):
        cluster_labels(times, "sit")
