from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools.errors import EstimateError
from evaltools.estimate.regression.caseload_shapes import FIDELITY_SCALES, caseload_shape

LOADS = pd.Series(np.arange(5.0, 46.0))


def test_the_curve_has_knots_at_centiles_and_straight_ends():
    shape = caseload_shape(LOADS, "spline")
    assert shape.knots == tuple(np.percentile(LOADS, [5, 35, 65, 95]))
    high = shape.columns(np.array([46.0, 50.0, 54.0]))
    assert_allclose(np.diff(high, axis=0)[0], np.diff(high, axis=0)[1], rtol=1e-9)
    assert shape.bends == ("caseload bend 1", "caseload bend 2")


def test_segments_bend_at_twenty_and_twenty_five():
    shape = caseload_shape(LOADS, "segments")
    assert shape.columns(np.array([18.0, 22.0, 30.0])).tolist() == [[18, 0, 0], [22, 2, 0], [30, 10, 5]]
    assert caseload_shape(LOADS[LOADS < 24], "segments").names == ("caseload", "change of slope at 20")


@pytest.mark.parametrize(
    ("scale", "load", "band"),
    [
        ("uk25", 20, 0),
        ("uk25", 20.5, 1),
        ("uk25", 25, 1),
        ("uk25", 26, 2),
        ("uk25", 31, 3),
        ("uk25", 40, 3),
        ("uk25", 41, 4),
        ("older", 25, 0),
        ("older", 26, 1),
        ("older", 45, 2),
    ],
)
def test_bands_of_both_fidelity_scales(scale, load, band):
    row = caseload_shape(LOADS, "bands", FIDELITY_SCALES[scale]).columns(np.array([float(load)]))[0]
    assert (int(row.argmax()) + 1 if row.any() else 0) == band


def test_an_empty_band_joins_the_next():
    shape = caseload_shape(pd.Series([10.0, 15, 28, 35]), "bands")
    assert shape.names == ("band above 25 to 30", "band above 30 to 40")
    assert shape.columns(np.array([10.0, 28, 35])).tolist() == [[0, 0], [1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("loads", "kind"),
    [([20.0] * 9, "spline"), ([10.0, 12], "bands"), ([None, None], "spline"), ([-1.0, 5], "bands"), ([np.inf, 5], "spline")],
)
def test_bad_input(loads, kind):
    with pytest.raises(EstimateError):
        caseload_shape(pd.Series(loads, dtype=float), kind)
