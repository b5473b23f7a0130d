from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.errors import EstimateError
from evaltools.estimate.tipping_point import tipping_point

COUNTS = st.tuples(st.integers(1, 200), st.integers(1, 200), st.integers(1, 100))


@given(COUNTS, st.floats(-6, 6))
def test_bounds_contain_every_shift_and_no_shift_is_the_complete_case(counts, delta):
    """Q6 and Q7."""
    x, failed, unknown = counts
    found = tipping_point(x, x + failed, unknown, 0.5, deltas=(delta, 0.0, -np.inf, np.inf))
    shifted, same, none, every = found.table["share"]
    assert found.worst - 1e-12 <= shifted <= found.best + 1e-12
    assert same == pytest.approx(found.complete_case)
    assert (none, every) == (found.worst, found.best)
    assert found.best - found.worst == pytest.approx(unknown / (x + failed + unknown))


@given(COUNTS, st.floats(0.01, 0.99))
def test_the_tipping_point_meets_the_target(counts, target):
    x, failed, unknown = counts
    found = tipping_point(x, x + failed, unknown, target)
    if found.delta is None:
        assert not 0 < found.needed < 1
        return
    again = tipping_point(x, x + failed, unknown, target, deltas=(found.delta,))
    assert again.table["share"].iloc[0] == pytest.approx(target)


@pytest.mark.parametrize(
    ("arguments", "reason", "verdict"),
    [
        ((10, 20, 0, 0.5), "nobody's status is unknown", "the share is 50.0%"),
        ((0, 0, 8, 0.5), "nobody's status is known", "at least 50.0% of the unknown"),
        ((0, 20, 8, 0.1), "nobody known had it", "at least 35.0% of the unknown"),
        ((20, 20, 8, 0.9), "everybody known had it", "at least 65.0% of the unknown"),
        ((15, 20, 5, 0.5), "no finite shift", "below the target"),
        ((5, 20, 5, 0.5), "no finite shift", "to the target"),
    ],
)
def test_a_missing_delta_has_a_reason(arguments, reason, verdict):
    found = tipping_point(*arguments)
    assert found.delta is None
    assert reason in found.reason
    assert verdict in found.verdict


@pytest.mark.parametrize("arguments", [(5, 4, 1, 0.5), (-1, 4, 1, 0.5), (0, 0, 0, 0.5), (1, 4, 1, 1.5), (1, 4, np.nan, 0.5)])
def test_impossible_counts_are_refused(arguments):
    with pytest.raises(EstimateError):
        tipping_point(*arguments)


def test_a_very_large_shift_is_everybody_and_nobody_known_is_not_no():
    table = tipping_point(5, 10, 5, 0.5, deltas=[-1000.0, 1000.0]).table
    assert table["share_unknown"].tolist() == [0.0, 1.0]
    assert tipping_point(0, 0, 5, 0.5, deltas=[0.0, np.inf]).table["reaches_target"].tolist() == [pd.NA, True]
    with pytest.raises(EstimateError, match="log odds is missing"):
        tipping_point(5, 10, 5, 0.5, deltas=[np.nan])
