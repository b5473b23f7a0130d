from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.instrument import INSTRUMENTS, Instrument
from evaltools.errors import EstimateError
from evaltools.estimate.reliable_change import reliable_change

SCALE = Instrument("scale", "A scale", 0, 100, "higher", reliability=0.80, sd=7.5)


def test_the_example_of_jacobson_and_truax():
    """Their 1991 paper: sd 7.5, reliability 0.80: error 3.35, error of a difference 4.74; 47.5 to 32.5 is 3.16 of them."""
    found = reliable_change(pd.Series([15.0]), SCALE)
    assert found.error == pytest.approx(4.74, abs=0.005)
    assert 15 / found.error == pytest.approx(3.16, abs=0.005)
    assert found.state.tolist() == ["improved"]


def test_a_change_at_the_threshold_is_not_beyond_it():
    threshold = reliable_change(pd.Series([0.0]), SCALE).threshold
    change = pd.Series([threshold, np.nextafter(threshold, 100), -threshold, np.nextafter(-threshold, -100)])
    assert reliable_change(change, SCALE).state.tolist() == [
        "no reliable change", "improved", "no reliable change", "worse",
    ]  # fmt: skip


def test_a_missing_change_stays_missing():
    assert reliable_change(pd.Series([None, 20.0], dtype="Float64"), SCALE).state.isna().tolist() == [True, False]


def test_few_people_without_change_are_called_changed():
    rng = np.random.default_rng(5)
    error = 7.5 * np.sqrt(1 - 0.8)
    change = pd.Series(rng.normal(0, error, 20_000) - rng.normal(0, error, 20_000))
    called = (reliable_change(change, SCALE).state != "no reliable change").mean()
    assert called == pytest.approx(0.05, abs=0.005)  # three standard errors of a share of 20,000


@pytest.mark.parametrize("without", ["reliability", "sd"])
def test_without_a_stated_reliability_it_is_refused_by_name(without):
    with pytest.raises(EstimateError, match="swemwbs"):
        reliable_change(pd.Series([1.0]), dataclasses.replace(SCALE, id="swemwbs", **{without: None}))
    with pytest.raises(EstimateError, match="phq9"):
        reliable_change(pd.Series([1.0]), INSTRUMENTS["phq9"])
