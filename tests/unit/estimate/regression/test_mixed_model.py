from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from evaltools import count_model, mixed_model
from evaltools.errors import EstimateError


def people(groups=12, each=40, spread=0.8, seed=5):
    rng = np.random.default_rng(seed)
    site = np.repeat(np.arange(groups), each)
    age = rng.integers(0, 3, len(site))
    eta = -0.8 + 0.3 * age + rng.normal(0, spread, groups)[site]
    return pd.DataFrame({"started": (rng.random(len(site)) < 1 / (1 + np.exp(-eta))).astype(int), "age": age, "site": site})


@pytest.mark.parametrize("points", [1, 15])
def test_categories_are_counted_together_and_give_the_same(points):
    frame = people()
    together = mixed_model(frame, "started ~ age", "site", points=points)
    apart = mixed_model(frame.assign(age=frame["age"] + 0.5), "started ~ age", "site", points=points)
    assert_allclose(together.estimates[["estimate", "se"]].iloc[1:], apart.estimates[["estimate", "se"]].iloc[1:], rtol=1e-5)
    assert_allclose([together.loglik, together.variance], [apart.loglik, apart.variance], rtol=1e-7)
    assert together.groups["n"].tolist() == [40] * 12


def test_effects_are_drawn_towards_nought_and_have_intervals():
    frame = people()
    fit = mixed_model(frame, "started ~ 1", "site")
    raw = frame.groupby("site")["started"].mean()
    far = np.log(raw / (1 - raw)).to_numpy() - fit.estimates["estimate"].iloc[0]
    assert (np.abs(fit.groups["estimate"]) <= np.abs(far) + 1e-9).all()
    assert ((fit.groups["lower"] < fit.groups["estimate"]) & (fit.groups["estimate"] < fit.groups["upper"])).all()
    assert fit.median_ratio == pytest.approx(np.exp(np.sqrt(2 * fit.variance) * 0.6744898))
    assert fit.icc == pytest.approx(fit.variance / (fit.variance + np.pi**2 / 3))
    assert "quadrature" in fit.method


@pytest.mark.parametrize("family", ["binomial", "poisson", "gaussian"])
def test_groups_that_do_not_differ_are_said_not_to(family):
    frame = pd.DataFrame({"started": [0, 1, 1, 0] * 20, "x": [0.0, 1, 0, 1] * 20, "site": np.repeat(np.arange(20), 4)})
    fit = mixed_model(frame, "started ~ x", "site", family)
    plain = count_model(frame, "started ~ x", family=family)
    assert fit.variance == 0
    assert "at its boundary" in fit.note
    assert_allclose(fit.estimates["estimate"], plain.estimates["estimate"], atol=1e-9)
    assert not fit.groups[["estimate", "sd"]].to_numpy().any()


def test_few_groups_are_remarked_on_and_rows_counted():
    frame = people(groups=4).astype({"started": "Int64"})
    frame.loc[0, "started"] = pd.NA
    fit = mixed_model(frame, "started ~ age", "site")
    assert "4 groups of 'site' say little" in fit.note
    assert (fit.n_given, fit.n, fit.set_aside) == (160, 159, {"outcome missing": 1})


@pytest.mark.parametrize(
    ("change", "choices", "code"),
    [
        ({}, {"family": "negative_binomial"}, "E208"),
        ({}, {"points": 4}, "E208"),
        ({}, {"points": 0}, "E208"),
        ({}, {"exposure": "age"}, "E208"),
        ({"site": 1}, {}, "E209"),
        ({"site": range(480)}, {}, "E209"),
        ({"started": 0}, {}, "E205"),
        ({"never": "started"}, {"formula": "started ~ never"}, "E138"),
        ({"twin": "age"}, {"formula": "started ~ age + twin", "family": "gaussian"}, "E137"),
    ],
)
def test_bad_input(change, choices, code):
    frame = people()
    frame = frame.assign(**{name: frame[to] if isinstance(to, str) else to for name, to in change.items()})
    with pytest.raises(EstimateError) as caught:
        mixed_model(frame, **{"formula": "started ~ age", "group": "site", **choices})
    assert caught.value.problems[0].code == code


@pytest.mark.slow
def test_the_variance_is_found_again():
    """Sixty made-up programmes of forty sites: the mean of the estimates lies within three errors of the truth."""
    found = np.array([mixed_model(people(40, 60, 0.6, seed), "started ~ age", "site").variance for seed in range(60)])
    assert abs(found.mean() - 0.36) < 3 * found.std() / np.sqrt(60) + 0.01
