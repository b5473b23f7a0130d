from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from evaltools.errors import EstimateError
from evaltools.estimate.regression.wald_table import wald_table


def test_limits_and_p_come_from_t_where_there_are_degrees_of_freedom():
    table = wald_table(("a", "b"), np.array([1.0, 1.0]), np.eye(2), np.array([5.0, np.inf]), 0.9, "by hand")
    assert table["upper"].iloc[0] == pytest.approx(1 + t.ppf(0.95, 5))
    assert table["p"].iloc[0] == pytest.approx(2 * t.sf(1, 5))
    assert table["upper"].iloc[1] == pytest.approx(1 + 1.6448536)
    assert table["df"].isna().tolist() == [False, True]
    assert set(table["convention"]) == {"by hand"}


def test_an_error_of_nothing_is_no_error():
    with pytest.raises(EstimateError, match="fitted exactly"):
        wald_table(("a",), np.ones(1), np.zeros((1, 1)), np.array([5.0]), 0.95, "")
