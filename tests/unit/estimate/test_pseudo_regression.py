from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.pseudo_observations import pseudo_observations
from evaltools.estimate.pseudo_regression import pseudo_regression


def times_of(n=200, seed=2, **columns):
    rng = np.random.default_rng(seed)
    age = rng.integers(20, 60, n)
    days = rng.geometric(0.02 + 0.0005 * age)
    ended = rng.integers(5, 60, n)
    frame = pd.DataFrame(
        {
            "days": np.minimum(days, ended),
            "status": (days <= ended).astype(int),
            "age": age.astype(float),
            "site": rng.choice(["a", "b"], n),
            "es": rng.integers(0, 40, n),
        }
    )
    return EventTimes.from_frame(frame.assign(**columns), "days", "status")


@pytest.mark.parametrize("cluster", [None, "es"])
def test_identity_link_is_that_of_statsmodels(cluster):
    times = times_of()
    pseudo = pseudo_observations(times, 20)
    fit = pseudo_regression(times, pseudo, "age + C(site)", cluster=cluster)
    x = sm.add_constant(np.column_stack([times.data["age"], times.data["site"] == "b"]).astype(float))
    groups = np.arange(len(times)) if cluster is None else times.data["es"]
    theirs = sm.GEE(pseudo["pseudo"], x, groups=groups).fit(cov_type="robust")
    np.testing.assert_allclose(fit.estimates["estimate"], theirs.params, rtol=1e-8)
    np.testing.assert_allclose(fit.estimates["robust_se"], theirs.bse, rtol=1e-6)


@pytest.mark.parametrize("link", ["cloglog", "logit"])
def test_one_group_gives_back_the_mean_on_the_scale_of_the_link(link):
    times = times_of()
    pseudo = pseudo_observations(times, 20, by="site")
    fit = pseudo_regression(times, pseudo, "C(site)", link)
    means = pseudo.groupby(times.data["site"].to_numpy())["pseudo"].mean().to_numpy()
    scale = np.log(-np.log1p(-means)) if link == "cloglog" else np.log(means / (1 - means))
    np.testing.assert_allclose(fit.estimates["estimate"], [scale[0], scale[1] - scale[0]], rtol=1e-6)


def test_several_days_are_clustered_by_person():
    times = times_of()
    fit = pseudo_regression(times, pseudo_observations(times, [10, 20]), "C(day) + age")
    assert (fit.n, fit.clusters) == (200, 200)


def test_people_without_a_covariate_are_counted():
    age = np.where(np.arange(200) < 7, np.nan, 40.0 + np.arange(200) % 5)
    times = times_of(age=age)
    fit = pseudo_regression(times, pseudo_observations(times, 20), "age")
    assert (fit.n, fit.n_missing) == (193, 7)


@pytest.mark.parametrize(
    ("formula", "link", "said"),
    [("age + again", "identity", "repeat each other"), ("age", "probit", "no link 'probit'")],
)
def test_bad_models_are_worded(formula, link, said):
    times = times_of()
    times = EventTimes.from_frame(times.data.assign(again=2 * times.data["age"] + 1), "days", "status")
    with pytest.raises(EstimateError, match=said):
        pseudo_regression(times, pseudo_observations(times, 20), formula, link)


def test_no_rest_is_said():
    times = EventTimes.from_frame(pd.DataFrame({"days": [2, 3, 5, 6], "status": 1, "x": [1, 1, 0, 0]}), "days", "status")
    with pytest.raises(EstimateError, match="without a rest"):
        pseudo_regression(times, pseudo_observations(times, 4), "x")
