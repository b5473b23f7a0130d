from __future__ import annotations

import numpy as np
import pytest

from evaltools.estimate.score_test import no_test, score_test

V = np.array([[2.0, -1, -1], [-1, 2.0, -1], [-1, -1, 2.0]])


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1], [1, 2, 0]])
def test_it_does_not_matter_which_group_is_left_out(order):
    z = np.array([1.0, 2.0, -3.0])
    result = score_test(z[order], V[np.ix_(order, order)], "log-rank", 9)
    assert result.statistic == pytest.approx(z @ np.linalg.pinv(V) @ z)
    assert (result.df, result.groups, result.note) == (2, 3, "")


def test_a_group_never_at_risk_is_left_out_with_a_note():
    wide = np.zeros((4, 4))
    wide[:3, :3] = V
    result = score_test(np.array([1.0, 2.0, -3.0, 0.0]), wide, "log-rank", 9)
    assert (result.df, result.groups) == (2, 4)
    assert "left out" in result.note


def test_groups_that_never_meet_cost_a_degree_of_freedom():
    pair = np.array([[1.0, -1], [-1, 1]])
    apart = np.block([[pair, np.zeros((2, 2))], [np.zeros((2, 2)), pair]])
    result = score_test(np.array([1.0, -1, 2, -2]), apart, "log-rank", 9)
    assert result.df == 2
    assert result.statistic == pytest.approx(5)
    assert "never meet" in result.note


def test_nothing_to_compare_is_said():
    result = score_test(np.zeros(2), np.zeros((2, 2)), "log-rank", 9)
    assert (result.statistic, result.df, result.p) == (None, None, None)
    assert result.reason.startswith("not estimable: no two groups")
    assert no_test("no events", "x", 3, 2).reason == "not estimable: no events"
