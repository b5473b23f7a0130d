from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from evaltools.errors import EstimateError
from evaltools.estimate.sites.heterogeneity import heterogeneity

Y, SE = [0.1, 0.3, 0.8, 0.4, -0.2], [0.1, 0.15, 0.2, 0.12, 0.3]


def test_agrees_with_statsmodels():
    found, other = heterogeneity(Y, SE), combine_effects(np.array(Y), np.array(SE) ** 2, method_re="dl")
    assert found.q == pytest.approx(other.q)
    assert found.tau2 == pytest.approx(other.tau2)
    assert found.i2 == pytest.approx(other.i2)
    assert found.pooled == pytest.approx(other.mean_effect_re)
    assert found.se == pytest.approx(other.sd_eff_w_re)


def test_a_new_site_is_less_sure_than_the_mean():
    found = heterogeneity(Y, SE)
    assert found.predicted_lower < found.lower < found.pooled < found.upper < found.predicted_upper
    assert 0 <= found.i2_lower <= found.i2 <= found.i2_upper <= 1


def test_alike_sites_and_two_sites():
    alike = heterogeneity([0.2, 0.2, 0.2], [0.1, 0.2, 0.3])
    assert (alike.q, alike.i2, alike.tau2) == (pytest.approx(0), 0, 0)
    two = heterogeneity([0.1, 0.9], [0.1, 0.1])
    assert np.isnan([two.tau2_lower, two.predicted_lower]).all()
    assert two.p < 0.001


@pytest.mark.parametrize(("y", "se"), [([0.1], [0.1]), ([0.1, 0.2], [0.1, 0.0]), ([0.1, np.inf], [0.1, 0.1])])
def test_refusals(y, se):
    with pytest.raises(EstimateError, match="E237"):
        heterogeneity(y, se)
