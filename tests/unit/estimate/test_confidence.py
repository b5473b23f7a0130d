from __future__ import annotations

import numpy as np
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.confidence import INTERVALS, critical_value, probability_interval


@pytest.mark.parametrize("ci", INTERVALS)
def test_limits_are_probabilities_around_the_value(ci):
    value, se = np.array([0.01, 0.5, 0.99]), np.array([0.02, 0.1, 0.3])
    limits = probability_interval(value, se, ci=ci)
    assert (limits.lower >= 0).all()
    assert (limits.lower <= value).all()
    assert (limits.upper >= value).all()
    assert (limits.upper <= 1).all()


@pytest.mark.parametrize("ci", INTERVALS)
def test_no_interval_where_none_can_be_given(ci):
    limits = probability_interval(np.array([0.0, 1.0, 0.5, 0.5]), np.array([0.1, 0.0, 0.0, np.nan]), ci=ci)
    assert np.isnan(limits.lower).all()
    assert np.isnan(limits.upper).all()


def test_log_log_by_hand():
    # log(-log 0.4) = -0.0874, se 0.05 / (0.4 x 0.9163) = 0.1364, so 0.4 ^ exp(-+ 1.96 x 0.1364)
    limits = probability_interval(np.array([0.4]), np.array([0.05]))
    assert limits.lower[0] == pytest.approx(0.302049, abs=1e-6)
    assert limits.upper[0] == pytest.approx(0.495933, abs=1e-6)


def test_a_higher_level_is_wider():
    narrow = probability_interval(np.array([0.4]), np.array([0.05]), level=0.8)
    wide = probability_interval(np.array([0.4]), np.array([0.05]), level=0.99)
    assert wide.lower < narrow.lower < narrow.upper < wide.upper


@pytest.mark.parametrize("level", [0, 1, 95, -0.1, float("nan")])
def test_a_level_outside_0_and_1_is_an_error(level):
    with pytest.raises(EstimateError, match=r"0\.95"):
        critical_value(level)


def test_an_unknown_interval_names_the_known_ones():
    with pytest.raises(EstimateError, match="log-log, log, plain"):
        probability_interval(np.array([0.4]), np.array([0.1]), ci="wald")
