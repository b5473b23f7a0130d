from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from evaltools.estimate.restricted_spline import spline_basis, spline_slope

KNOTS = np.array([0.0, 1.0, 2.5, 4.0])


def test_slope_is_the_derivative():
    x = np.linspace(-1, 5, 50)
    assert_allclose(
        spline_slope(x, KNOTS), (spline_basis(x + 1e-6, KNOTS) - spline_basis(x - 1e-6, KNOTS)) / 2e-6, atol=1e-6
    )


def test_is_straight_beyond_the_outer_knots():
    for x in (np.array([-3.0, -2.0, -1.0]), np.array([4.0, 5.0, 6.0])):
        assert_allclose(np.diff(spline_basis(x, KNOTS), n=2, axis=0), 0, atol=1e-9)


def test_without_inner_knots_it_is_a_line():
    assert spline_basis(np.array([2.0]), KNOTS[[0, 3]]).tolist() == [[1.0, 2.0]]
