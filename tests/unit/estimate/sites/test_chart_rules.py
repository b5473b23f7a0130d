from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from evaltools.errors import EstimateError
from evaltools.estimate.sites.chart_rules import RULES, false_alarms, signals


@pytest.mark.parametrize(
    ("rule", "z", "at"),
    [
        ("outside", [0, 3.1, -3.1, 2.9], [1, 2]),
        ("run_of_7", [1] * 7, [6]),
        ("run_of_8", [-1] * 9, [7, 8]),
        ("run_of_8", [1] * 7 + [0] + [1] * 7, []),
        ("trend_of_6", [0, 1, 2, 3, 4, 5], [5]),
        ("trend_of_6", [5, 4, 3, 2, 1, 0, 1], [5]),
        ("trend_of_6", [0, 1, 2, 3, 3, 4, 5], []),
        ("two_of_three", [2.1, 0, 2.2, 0], [2]),
        ("two_of_three", [2.1, 0, -2.2], []),
        ("two_of_three", [2.1, 2.1], []),
    ],
)
def test_where_a_rule_gives_a_signal(rule, z, at):
    assert np.flatnonzero(signals(np.array(z, dtype=float), [rule])[rule]).tolist() == at


def test_false_alarms_are_those_of_theory():
    rates = false_alarms(40, list(RULES)).set_index("rule")
    p = norm.sf(2)
    points = {"outside": 2 * norm.sf(3), "run_of_7": 34 / 40 / 64, "run_of_8": 33 / 40 / 128,
              "trend_of_6": 35 / 40 * 2 / 720, "two_of_three": 38 / 40 * 2 * p * (1 - (1 - p) ** 2)}  # fmt: skip
    for rule, share in points.items():
        assert rates.loc[rule, "per_point"] == pytest.approx(share, rel=0.06), rule
    assert rates.loc["any", "per_series"] > rates["per_series"].drop("any").max()
    assert rates.loc["outside", "per_series"] == pytest.approx(1 - (1 - 2 * norm.sf(3)) ** 40, rel=0.06)


def test_unknown_rules_and_no_rules():
    for rules in (["luck"], []):
        with pytest.raises(EstimateError, match="E241"):
            signals(np.zeros(3), rules)
