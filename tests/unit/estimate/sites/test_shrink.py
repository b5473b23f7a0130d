from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltools import shrink
from evaltools.errors import EstimateError

SITES = pd.DataFrame({"x": [104, 56, 78, 194], "n": [219, 84, 170, 358]})


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), min_size=2, max_size=8))
def test_a_shrunken_share_lies_between_its_own_and_the_mean(pairs):
    frame = pd.DataFrame([(x, x + more + 1) for x, more in pairs], columns=["x", "n"])
    made = shrink(frame, "x", "n", spread="plug-in")
    raw, value = made.table["raw"], made.table["value"]
    slack = 1e-6
    assert ((value >= np.minimum(raw, made.mean) - slack) & (value <= np.maximum(raw, made.mean) + slack)).all()
    assert np.isfinite(made.table[["value", "lower", "upper", "weight"]].to_numpy()).all()


def test_more_events_of_as_many_people_give_a_higher_value():
    frame = pd.DataFrame({"x": [5, 20, 12, 30, 2], "n": [50] * 5})
    made = shrink(frame, "x", "n", spread="plug-in").table
    assert made.sort_values("x")["value"].is_monotonic_increasing


def test_plug_in_intervals_are_narrowest():
    width = {
        spread: (lambda table: (table["upper"] - table["lower"]).mean())(shrink(SITES, "x", "n", spread=spread).table)
        for spread in ("plug-in", "bootstrap", "half-normal")
    }
    assert width["plug-in"] < width["bootstrap"]
    assert width["plug-in"] < width["half-normal"]


def test_few_sites_get_the_full_posterior_and_many_the_plug_in():
    assert shrink(SITES, "x", "n").spread == "half-normal"
    assert shrink(pd.concat([SITES] * 5), "x", "n").spread == "plug-in"


@pytest.mark.parametrize("basis", ["proportion", "rate", "ratio"])
@pytest.mark.parametrize("spread", ["plug-in", "bootstrap", "half-normal"])
def test_sites_that_do_not_differ_get_one_value(basis, spread):
    same = pd.DataFrame({"x": [30, 60, 15], "n": [100, 200, 50]})
    made = shrink(same, "x", "n", basis=basis, spread=spread, draws=2000)
    assert made.rho == 0
    assert "no more than chance" in made.note
    assert made.table["value"].to_numpy() == pytest.approx([0.3] * 3, abs=0.03)


def test_bad_sites_are_kept_and_bad_choices_refused():
    odd = pd.concat([SITES, pd.DataFrame({"x": [111], "n": [75]})], ignore_index=True)
    made = shrink(odd, "x", "n", spread="plug-in").table
    assert "contradict" in made["note"].iloc[-1]
    assert pd.isna(made["value"].iloc[-1])
    assert made["raw"].iloc[-1] == pytest.approx(1.48)
    with pytest.raises(EstimateError, match="E238"):
        shrink(SITES, "x", "n", spread="guess")


def test_gamma_poisson_interval_covers_true_rates():
    rng = np.random.default_rng(4)
    true = rng.gamma(20, 0.05, 4000)
    frame = pd.DataFrame({"x": rng.poisson(true * 30), "t": 30.0})
    made = shrink(frame, "x", "t", basis="rate", spread="plug-in").table
    assert 0.935 < ((made["lower"] <= true) & (true <= made["upper"])).mean() < 0.965
