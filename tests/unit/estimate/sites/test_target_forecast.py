from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson

from evaltools.errors import EstimateError
from evaltools.estimate.sites.target_forecast import achieved_against, forecast, forecast_share, on_target


def against(count, target):
    done = pd.DataFrame({"site_id": ["a"], "measure": ["starts"], "count": [count]})
    aims = pd.DataFrame(
        {"site_id": ["a"] * 2, "measure": ["starts"] * 2, "scenario": ["low", "high"], "target": [target, 50]}
    )
    return achieved_against(done, aims).iloc[0]


def test_thirty_four_of_forty_is_no_evidence_of_falling_short():
    row = against(34, 40)
    assert row["p"] == pytest.approx(0.39, abs=0.005)
    assert row["lower"] < 1 < row["upper"]
    assert row["ratio"] == 0.85


def test_limits_are_exact():
    row = against(34, 40)
    assert poisson.sf(33, row["lower"] * 40) == pytest.approx(0.025)
    assert poisson.cdf(34, row["upper"] * 40) == pytest.approx(0.025)


@pytest.mark.parametrize(("count", "target", "note"), [(None, 40, "not published"), (5, 0, "target is 0")])
def test_no_ratio_without_both(count, target, note):
    row = against(count, target)
    assert note in row["note"]
    assert pd.isna(row["ratio"])


def test_nothing_achieved_has_a_lower_limit_of_zero():
    row = against(0, 40)
    assert (row["ratio"], row["lower"]) == (0, 0)
    assert row["p"] < 1e-10


def test_forecasts_agree_with_draws():
    rng = np.random.default_rng(3)
    total = 30 + rng.poisson(rng.gamma(30.5, 1 / 12, 200_000) * 6)
    found = forecast(30, 12, 6, target=45)
    assert found.expected == pytest.approx(total.mean(), rel=0.003)
    assert found.p_meet == pytest.approx((total >= 45).mean(), abs=0.005)
    share = 30 + rng.binomial(50, rng.beta(30.5, 70.5, 200_000))
    other = forecast_share(30, 100, 50, target=45)
    assert other.p_meet == pytest.approx((share >= 45).mean(), abs=0.005)
    assert (other.lower, other.upper) == pytest.approx(np.quantile(share, [0.025, 0.975]), abs=1)


def test_at_the_end_there_is_nothing_left_to_forecast():
    assert forecast(30, 12, 0, target=31)[:4] == (30, 30, 30, 0.0)
    assert forecast(30, 12, 6).p_meet is None
    assert forecast(50, 12, 6, target=45).p_meet == 1


def test_refusals():
    for call in (lambda: forecast(3, 0, 6), lambda: forecast(3, 1, -1), lambda: forecast_share(5, 4, 1)):
        with pytest.raises(EstimateError, match="E246"):
            call()


def test_a_share_on_its_target_is_not_odd():
    assert on_target(40, 100, 0.4) == 1
    assert on_target(10, 100, 0.4) < 1e-6
