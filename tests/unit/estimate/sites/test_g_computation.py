from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from evaltools.errors import EstimateError
from evaltools.estimate.sites.g_computation import g_computation


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(12)
    n = 900
    site = rng.choice(list("abc"), n)
    age = rng.normal(0, 1, n) + (site == "c")
    p = 1 / (1 + np.exp(-(0.2 - 0.7 * age + 0.5 * (site == "b"))))
    return pd.DataFrame({"job": (rng.random(n) < p).astype(int), "age": age, "site": site})


def test_agrees_with_statsmodels_and_its_delta_method(people):
    found, programme = g_computation(people, "job", "site", "age")
    x = pd.DataFrame({"one": 1.0, "age": people["age"], "b": people["site"] == "b", "c": people["site"] == "c"}).astype(
        float
    )
    fit = sm.GLM(people["job"], x, family=sm.families.Binomial()).fit()
    assert programme == pytest.approx(people["job"].mean())
    for row, (b, c) in zip(found.to_dict("records"), [(0, 0), (1, 0), (0, 1)], strict=True):
        moved = x.assign(b=float(b), c=float(c))
        p = fit.predict(moved)
        slope = ((p * (1 - p)).to_numpy()[:, None] * moved.to_numpy()).mean(axis=0)
        assert row["value"] == pytest.approx(p.mean(), rel=1e-7)
        assert row["se"] == pytest.approx(np.sqrt(slope @ fit.cov_params().to_numpy() @ slope), rel=1e-5)
        assert row["lower"] < row["value"] < row["upper"]


def test_one_site_and_a_site_where_nobody_has_the_outcome(people):
    with pytest.raises(EstimateError, match="E232"):
        g_computation(people[people["site"] == "a"], "job", "site", "age")
    with pytest.raises(EstimateError, match="E13"):
        g_computation(people.assign(job=np.where(people["site"] == "a", 0, people["job"])), "job", "site", "age")
