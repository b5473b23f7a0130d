"""Illness and death, pseudo-observations and their regression against R (survival 3.5-3, geepack 1.3.9).

Probabilities and errors are closed formulas on both sides: 1e-8 relative. Regressions are iterated: 1e-3 for coefficients,
1% for errors; the two coefficients near 0 are compared in units of their error.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.domain.state_history import StateHistory
from evaltools.estimate.pseudo_observations import pseudo_observations
from evaltools.estimate.pseudo_regression import pseudo_regression
from evaltools.estimate.state_occupation import state_occupation

EXACT = 1e-8
STATES = ("mgus", "pcm", "death")
EXPECTED = json.loads((Path(__file__).parent / "mgus2_multistate.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def history(mgus2) -> StateHistory:
    """Progression in the month in which follow-up ends is moved 0.1 month earlier, as in the reference."""
    ill = mgus2[mgus2["pstat"] == 1]
    onset = ill["ptime"].where(ill["ptime"] < ill["futime"], ill["ptime"] - 0.1)
    died = mgus2["death"].map({0: None, 1: "death"})
    well = mgus2[mgus2["pstat"] == 0]
    parts = [
        pd.DataFrame({"id": well["id"], "from": "mgus", "to": died[well.index], "start": 0.0, "stop": well["futime"]}),
        pd.DataFrame({"id": ill["id"], "from": "mgus", "to": "pcm", "start": 0.0, "stop": onset}),
        pd.DataFrame({"id": ill["id"], "from": "pcm", "to": died[ill.index], "start": onset, "stop": ill["futime"]}),
    ]
    return StateHistory.from_frame(pd.concat(parts), "id", states=STATES)


def test_transitions(history):
    names = [*STATES, "cens"]
    pairs = pd.Series([f"{names[j]}->{names[k]}" for j, k in zip(history.origin, history.target, strict=True)])
    assert pairs.value_counts().to_dict() == EXPECTED["illness_death"]["n_transitions"]


@pytest.mark.parametrize("state", STATES)
def test_state_probabilities_and_errors(state, history):
    block = EXPECTED["illness_death"]
    read = state_occupation(history).at(block["times"]).query("state == @state")
    assert_allclose(read["probability"], block["p"][state], rtol=EXACT, atol=1e-12)
    assert_allclose(read["se"], block["se"][state], rtol=EXACT, atol=1e-12)


def times_of(mgus2) -> EventTimes:
    frame = mgus2.assign(male=(mgus2["sex"] == "M").astype(int))
    return EventTimes.from_frame(frame, "months", "first", causes={1: "pcm", 2: "death"})


@pytest.mark.parametrize("month", [120, 240])
def test_pseudo_observations(month, mgus2):
    found = pseudo_observations(times_of(mgus2), month, "incidence", "pcm")
    block = EXPECTED["pseudo"]
    assert_allclose(found["estimate"], block[f"overall_{month}"], rtol=EXACT)
    assert_allclose(found["pseudo"].iloc[::23], block[f"p{month}"]["every_23rd"], rtol=EXACT)
    assert_allclose(found["pseudo"].mean(), block[f"p{month}"]["mean"], rtol=EXACT)
    assert_allclose((found["pseudo"] ** 2).sum(), block[f"p{month}"]["sum_of_squares"], rtol=EXACT)


@pytest.mark.parametrize("link", ["identity", "cloglog"])
def test_regression_on_pseudo_observations(link, mgus2):
    times = times_of(mgus2)
    fit = pseudo_regression(times, pseudo_observations(times, 120, "incidence", "pcm"), "age + male", link)
    block = EXPECTED["pseudo"][f"gee_{link}_120"]
    coefficients = np.array([row["coef"] for row in block.values()])
    errors = np.array([row["se"] for row in block.values()])
    assert_allclose(fit.estimates["estimate"] / errors, coefficients / errors, atol=1e-3)
    assert_allclose(fit.estimates["robust_se"], errors, rtol=0.01)
