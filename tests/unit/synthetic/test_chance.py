from __future__ import annotations

import numpy as np
import pytest

from evaltools.synthetic.chance import choose, from_quantiles, normal, weibull_days

N = 20_000  # standard errors below are at most 0.01, tolerances at least four of them


def test_shares_are_those_asked_for_even_if_they_do_not_add_to_one() -> None:
    drawn = choose(np.random.default_rng(1), {"a": 3, "b": 1}, N)
    assert np.mean(drawn == "a") == pytest.approx(0.75, abs=0.015)


def test_waiting_times_have_the_median_of_their_distribution() -> None:
    drawn = weibull_days(np.random.default_rng(2), 0.89, 165.0, N)
    assert np.median(drawn) == pytest.approx(165 * np.log(2) ** (1 / 0.89), rel=0.04)


def test_normal_numbers_have_mean_nought_and_variance_one() -> None:
    drawn = normal(np.random.default_rng(3), N)
    assert (drawn.mean(), drawn.std()) == (pytest.approx(0, abs=0.03), pytest.approx(1, abs=0.03))


def test_quantiles_are_hit() -> None:
    drawn = from_quantiles(np.random.default_rng(4), ((0, 10.0), (0.5, 20.0), (1, 60.0)), N)
    assert (drawn.min() >= 10, drawn.max() <= 60) == (True, True)
    assert np.median(drawn) == pytest.approx(20, abs=0.5)


def test_a_seed_gives_the_same_numbers_for_ever() -> None:
    rng = np.random.default_rng(2019)
    assert weibull_days(rng, 1.15, 360.0, 3).round(6).tolist() == pytest.approx(
        (360 * (-np.log1p(-np.random.default_rng(2019).random(3))) ** (1 / 1.15)).tolist()
    )
