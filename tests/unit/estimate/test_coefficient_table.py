from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose
from scipy.stats import norm

from evaltools.estimate.coefficient_table import coefficient_table


def test_intervals_and_p_follow_the_robust_error_where_there_is_one():
    plain = coefficient_table(["a"], np.array([0.5]), np.array([[0.04]]), level=0.9)
    robust = coefficient_table(["a"], np.array([0.5]), np.array([[0.04]]), np.array([[0.09]]), level=0.9)
    assert list(plain.columns) == ["term", "estimate", "se", "robust_se", "lower", "upper", "p"]
    assert plain["robust_se"].isna().all()
    for frame, se in ((plain, 0.2), (robust, 0.3)):
        assert_allclose(frame["upper"], 0.5 + norm.ppf(0.95) * se)
        assert_allclose(frame["p"], 2 * norm.sf(0.5 / se))
    assert_allclose(robust[["se", "robust_se"]], [[0.2, 0.3]])
