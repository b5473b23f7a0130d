from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from evaltools.estimate.running import previous, running_product, running_sum, sum_from_here

STARTS = np.array([0, 3, 4])


def test_each_group_starts_afresh():
    values = np.array([1.0, 2.0, 3.0, 4.0])
    assert running_sum(values, STARTS).tolist() == [1, 3, 6, 4]
    assert running_product(values, STARTS).tolist() == [1, 2, 6, 4]
    assert sum_from_here(values, STARTS).tolist() == [6, 5, 3, 4]
    assert previous(values, STARTS, 9.0).tolist() == [9, 1, 2, 9]


def test_several_rows_of_values_at_once():
    values = np.array([[1, 2, 3, 4], [0, 1, 0, 1]])
    assert running_sum(values, STARTS).tolist() == [[1, 3, 6, 4], [0, 1, 1, 1]]


def test_a_group_that_follows_is_not_touched_by_rounding_in_the_one_before():
    values = np.array([1e16, 1e16, 1e16, 1e-8])
    assert_allclose(running_sum(values, STARTS)[-1], 1e-8, rtol=0)


def test_nobody():
    assert running_sum(np.array([]), np.array([0])).size == 0
    assert previous(np.array([]), np.array([0]), 1.0).size == 0
