from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from numpy.testing import assert_allclose

from evaltools.errors import EstimateError
from evaltools.estimate.hazard_regression import hazard_regression

RNG = np.random.default_rng(41)
N = 600
ROWS = pd.DataFrame({"person": np.arange(N) // 2, "x": RNG.normal(50, 1, N), "band": RNG.choice(["a", "b"], N)})
ROWS = ROWS.assign(event=RNG.integers(0, 2, N), post=RNG.integers(0, 50, N), days=RNG.integers(1, 9, N) * 1.0)


def test_is_that_of_statsmodels():
    fit = hazard_regression(ROWS, "x + band", sm.families.Binomial(), "logit", cluster="post")
    theirs = smf.glm("event ~ x + band", ROWS, family=sm.families.Binomial())
    assert fit.estimates["term"].tolist() == ["Intercept", "x", "band[T.b]"]
    found = fit.estimates.set_index("term")
    plain = theirs.fit()
    clustered = theirs.fit(cov_type="cluster", cov_kwds={"groups": ROWS["post"], "use_correction": False})
    names = {"Intercept": "Intercept", "x": "x", "band[T.b]": "band[T.b]"}
    for term, other in names.items():
        expected = [plain.params[other], plain.bse[other], clustered.bse[other]]
        assert_allclose(found.loc[term, ["estimate", "se", "robust_se"]].astype(float), expected, rtol=1e-6)
    assert_allclose(fit.loglik, plain.llf)
    assert (fit.n, fit.rows) == (300, 600)


def test_exposure_is_an_offset():
    fit = hazard_regression(ROWS, "band", sm.families.Poisson(), "rate", exposure="days")
    rate = ROWS.groupby("band")[["event", "days"]].sum()
    assert_allclose(np.exp(fit.estimates["estimate"].cumsum()), rate["event"] / rate["days"], rtol=1e-6)


def test_people_without_a_covariate_are_counted():
    fit = hazard_regression(ROWS.assign(x=ROWS["x"].where(ROWS["person"] > 4)), "x", sm.families.Binomial(), "logit")
    assert (fit.n, fit.n_missing) == (295, 5)
    assert "10 rows of time" in fit.note


@pytest.mark.parametrize(
    ("changes", "formula", "baseline", "words"),
    [
        ({"won": ROWS["event"]}, "won", None, "'won' separates"),
        ({"event": np.where(ROWS["band"] == "a", 0, ROWS["event"])}, "x", "band", "no event in band a"),
        ({"twice": 2 * ROWS["x"]}, "x + twice", None, "repeat each other"),
        ({"event": 0}, "x", None, "no event among the rows"),
    ],
)
def test_refuses_in_words(changes, formula, baseline, words):
    with pytest.raises(EstimateError, match=words):
        hazard_regression(ROWS.assign(**changes), formula, sm.families.Binomial(), "logit", baseline)
