from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import gumbel_l, logistic, norm

from evaltools.estimate.error_terms import ERROR_TERMS

Z = np.linspace(-4, 2, 25)


@pytest.mark.parametrize(
    ("family", "law"), [("weibull", gumbel_l), ("exponential", gumbel_l), ("lognormal", norm), ("loglogistic", logistic)]
)
def test_values_are_those_of_scipy(family, law):
    term = ERROR_TERMS[family]
    assert_allclose(term.density(Z).value, law.logpdf(Z), rtol=1e-10)
    assert_allclose(term.survival(Z).value, law.logsf(Z), rtol=1e-8)


@pytest.mark.parametrize("family", ERROR_TERMS)
@pytest.mark.parametrize("part", ["density", "survival"])
def test_slopes_and_bends_are_the_derivatives(family, part):
    curve = getattr(ERROR_TERMS[family], part)
    low, high = curve(Z - 1e-5), curve(Z + 1e-5)
    assert_allclose(curve(Z).slope, (high.value - low.value) / 2e-5, atol=1e-6)
    assert_allclose(curve(Z).bend, (high.slope - low.slope) / 2e-5, atol=1e-6)
