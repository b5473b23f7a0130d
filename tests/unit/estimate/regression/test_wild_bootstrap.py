from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools.errors import EstimateError
from evaltools.estimate.regression.wild_bootstrap import wild_bootstrap


def frame_of(clusters, effect=0.0, seed=1):
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(clusters), 6)
    x = rng.normal(size=clusters)[who] + rng.normal(size=len(who))
    return pd.DataFrame(
        {
            "y": effect * x + rng.normal(size=clusters)[who] + rng.normal(size=len(who)),
            "x": x,
            "who": who,
            "z": rng.normal(size=len(who)),
        }
    )


def by_hand(frame, values):
    """Refit every draw, as the definition has it."""
    x = np.column_stack([np.ones(len(frame)), frame["x"], frame["z"]])
    y, who = frame["y"].to_numpy(), frame["who"].to_numpy()

    def t(outcome):
        beta = np.linalg.solve(x.T @ x, x.T @ outcome)
        left, bread = outcome - x @ beta, np.linalg.inv(x.T @ x)
        sums = np.array([(x * left[:, None])[who == each].sum(axis=0) for each in np.unique(who)])
        return beta[1] / np.sqrt((bread @ sums.T @ sums @ bread)[1, 1])

    kept = x[:, [0, 2]]
    fitted = kept @ np.linalg.solve(kept.T @ kept, kept.T @ y)
    draws = [t(fitted + np.array(signs)[who] * (y - fitted)) for signs in product(values, repeat=who.max() + 1)]
    return t(y), np.abs(draws)


def test_all_signs_by_hand():
    frame = frame_of(8, 0.5)
    test = wild_bootstrap(frame, "y ~ x + z", "x", "who", "rademacher")
    t, draws = by_hand(frame, (-1, 1))
    assert_allclose(test.t, t, rtol=1e-10)
    assert test.p == pytest.approx((draws >= abs(t) - 1e-9).mean())
    assert test.p_strict == pytest.approx((draws > abs(t) + 1e-9).mean())
    assert (test.draws, test.enumerated, test.smallest_p) == (256, True, 2 / 256)
    assert test.p - test.p_strict == pytest.approx(2 / 256)  # the signs of the data themselves, and all turned round


def test_six_clusters_take_webbs_points_and_all_of_them():
    test = wild_bootstrap(frame_of(6, 1.0), "y ~ x", "x", "who")
    assert (test.weights, test.draws, test.enumerated) == ("webb", 6**6, True)
    assert wild_bootstrap(frame_of(6, 1.0), "y ~ x", "x", "who", "rademacher").smallest_p == 2 / 64


@pytest.mark.parametrize("clusters", [8, 12])
def test_up_to_twelve_clusters_are_enumerated(clusters):
    test = wild_bootstrap(frame_of(clusters), "y ~ x", "x", "who", draws=999)
    assert (test.weights, test.draws, test.enumerated) == ("rademacher", 2**clusters, True)


def test_random_draws_are_near_all_draws_and_repeat():
    frame = frame_of(14, 0.15)
    some = wild_bootstrap(frame, "y ~ x", "x", "who", draws=4999, seed=3)
    every = wild_bootstrap(frame, "y ~ x", "x", "who", draws=2**14)
    assert (some.enumerated, every.enumerated) == (False, True)
    assert some.p == pytest.approx(every.p, abs=0.03)
    assert some == wild_bootstrap(frame, "y ~ x", "x", "who", draws=4999, seed=3)


@pytest.mark.parametrize(
    ("change", "choices", "code"),
    [
        ({}, {"term": "q"}, "E201"),
        ({}, {"weights": "normal"}, "E208"),
        ({}, {"draws": 10}, "E208"),
        ({"who": 0}, {}, "E206"),
        ({"z": "x"}, {"formula": "y ~ x + z"}, "E137"),
        ({"y": "x"}, {}, "E205"),
    ],
)
def test_bad_input(change, choices, code):
    frame = frame_of(8)
    frame = frame.assign(**{name: frame[value] if isinstance(value, str) else value for name, value in change.items()})
    with pytest.raises(EstimateError) as caught:
        wild_bootstrap(frame, **{"formula": "y ~ x", "term": "x", "cluster": "who", **choices})
    assert caught.value.problems[0].code == code


def test_the_intercept_can_be_tested():
    test = wild_bootstrap(frame_of(8), "y ~ x", "Intercept", "who")
    shifted = frame_of(8).assign(y=lambda frame: frame["y"] + 10)
    assert wild_bootstrap(shifted, "y ~ x", "Intercept", "who").p < 0.05
    assert test.p > 0.01
