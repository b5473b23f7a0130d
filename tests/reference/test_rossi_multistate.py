"""What is not known of who kept a job for 13 weeks: tipping point, bounds and weighting, against R 4.2.2. Exact: 1e-8."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.bounds import bounds
from evaltools.estimate.censoring_weights import censoring_weights
from evaltools.estimate.inverse_probability import inverse_probability_survival
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.tipping_point import tipping_point

EXACT = 1e-8
EXPECTED = json.loads((Path(__file__).parent / "rossi_jobs_multistate.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def starters(rossi):
    """Lost the job (1), or still held it at week 52 or at arrest (0)."""
    found = rossi[rossi["ended"] >= 0]
    return found.assign(lost=(found["ended"] == 1).astype(int), kept=found["weeks_held"] >= 13)


def test_tipping_point(starters):
    block = EXPECTED["tipping"]
    unknown = ~starters["kept"] & (starters["lost"] == 0)
    found = tipping_point(starters["kept"].sum(), (~unknown).sum(), unknown.sum(), block["target"])
    assert (found.x, found.known, found.unknown) == (block["x"], block["n_observed"], block["n_missing"])
    assert_allclose(found.table["delta"], [float(delta) for delta in block["deltas"]])
    assert_allclose(found.table["share"], block["overall"], rtol=EXACT)
    for name, key in [
        ("complete_case", "complete_case"),
        ("worst", "worst"),
        ("best", "best"),
        ("needed", "p_missing_needed_for_target"),
        ("delta", "tipping_delta"),
    ]:
        assert_allclose(getattr(found, name), block[key], rtol=EXACT)


@pytest.mark.parametrize(("key", "also_arrest"), [("bounds_all_starters", True), ("bounds_admin_only", False)])
def test_bounds(key, also_arrest, starters):
    block = EXPECTED["bounds_wk13"]
    unresolved = ~starters["kept"] & ((starters["ended"] == 0) | (also_arrest & (starters["ended"] == 2)))
    found = bounds(starters["kept"].sum(), len(starters), unresolved.sum())
    assert (found.x, found.n) == tuple(block["naive_all_starters"].values())
    assert_allclose([found.worst, found.best], list(block[key].values()), rtol=EXACT)


@pytest.mark.parametrize(("ties", "key"), [("together", "ipcw"), ("events first", "km")])
def test_inverse_probability_of_censoring(ties, key, starters):
    times = EventTimes.from_frame(starters, "weeks_held", "lost")
    found = inverse_probability_survival(times, [12], ties=ties)["survival"]
    assert_allclose(found, EXPECTED["ipcw_identity"][key], rtol=EXACT)


def test_weights_that_are_the_same_for_all_give_kaplan_meier(starters):
    times = EventTimes.from_frame(starters, "weeks_held", "lost")
    made = censoring_weights(times, model="kaplan-meier", period=None, stabilised=False, trim=(0, 1))
    weighted = at_times(kaplan_meier(made.times), [12])["value"]
    assert_allclose(weighted, EXPECTED["ipcw_identity"]["km"], rtol=EXACT)
    assert np.isfinite(made.times.weights).all()
