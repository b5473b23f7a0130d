from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from evaltools.errors import EstimateError
from evaltools.estimate.sites.interrupted_series import interrupted_series, newey_west


@pytest.fixture(scope="module")
def series():
    rng = np.random.default_rng(21)
    time = np.arange(48)
    mean = 300 * np.exp(-3 + 0.005 * time + 0.4 * (time >= 24))
    return pd.DataFrame({"starts": rng.poisson(mean), "clients": 300.0, "month": time % 12})


def test_agrees_with_statsmodels_and_its_newey_west_errors(series):
    found = interrupted_series(series, "starts", "clients", [24], family="poisson", lag=3)
    time = np.arange(48.0)
    x = np.column_stack([np.ones(48), time, time >= 24, np.maximum(time - 24, 0)])
    fit = sm.GLM(series["starts"], x, family=sm.families.Poisson(), offset=np.log(series["clients"]))
    fit = fit.fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, tol=1e-12)
    assert found.estimates["estimate"].to_numpy() == pytest.approx(fit.params.to_numpy(), rel=1e-6, abs=1e-9)
    assert found.estimates["se_newey_west"].to_numpy() == pytest.approx(fit.bse.to_numpy(), rel=1e-5)


def test_the_interval_of_the_step_covers_as_it_says():
    time = np.arange(48)
    mean = 300 * np.exp(-3 + 0.005 * time + 0.4 * (time >= 24))
    hits = 0
    for seed in range(120):
        months = pd.DataFrame({"starts": np.random.default_rng(seed).poisson(mean), "clients": 300.0})
        step = interrupted_series(months, "starts", "clients", [24]).estimates.set_index("term").loc["step_1"]
        hits += step["lower"] < np.exp(0.4) < step["upper"]
    assert 0.92 <= hits / 120 <= 1


def test_season_and_over_dispersion(series):
    rng = np.random.default_rng(22)
    wild = series.assign(starts=rng.poisson(rng.gamma(5, series["starts"] / 5)))
    found = interrupted_series(wild, "starts", "clients", [24], season="month")
    assert found.alpha > 0.05
    assert "C(season)[T.3]" in found.estimates["term"].tolist()
    assert "Poisson counts" in interrupted_series(series.assign(starts=15), "starts", "clients", [24]).note


def test_scaling_exposure_moves_the_intercept_alone(series):
    one, two = (
        interrupted_series(series.assign(clients=c), "starts", "clients", [24], family="poisson").estimates
        for c in (300.0, 600.0)
    )
    gap = one["estimate"] - two["estimate"]
    assert gap.to_numpy() == pytest.approx([np.log(2), 0, 0, 0], abs=1e-7)


@pytest.mark.parametrize("changes", [[], [2], [46], [24, 26], [60]])
def test_stretches_too_short(series, changes):
    with pytest.raises(EstimateError, match="E247"):
        interrupted_series(series, "starts", "clients", changes)


def test_gaps_and_short_series(series):
    with pytest.raises(EstimateError, match=r"E247.*1 of 48 months"):
        interrupted_series(series.assign(clients=series["clients"].where(series.index != 5, 0)), "starts", "clients", [24])
    with pytest.raises(EstimateError, match="E247"):
        interrupted_series(series.head(10), "starts", "clients", [5])
    with pytest.raises(EstimateError, match="E230"):
        interrupted_series(series, "starts", "people", [24])


def test_long_run_covariance_without_lag_is_the_plain_sum():
    scores = np.random.default_rng(1).standard_normal((30, 2))
    assert newey_west(scores, 0) == pytest.approx(scores.T @ scores)
