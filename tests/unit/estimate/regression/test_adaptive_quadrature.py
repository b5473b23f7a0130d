from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm

from evaltools.estimate.regression.adaptive_quadrature import (
    GroupRows,
    evaluate_laplace,
    evaluate_quadrature,
    find_modes,
    laplace_value,
)


def rows_of(family, groups=8, each=5):
    rng = np.random.default_rng(4)
    code = np.repeat(np.arange(groups), each)
    x = np.column_stack([np.ones(len(code)), rng.normal(size=len(code))])
    eta = x @ [0.2, 0.5] + rng.normal(0, 0.7, groups)[code]
    y = rng.poisson(np.exp(eta)) if family == "poisson" else rng.binomial(3, expit(eta))
    size = rng.uniform(1, 2, len(code)) if family == "poisson" else np.full(len(code), 3.0)
    return GroupRows(x, y.astype(float), size, code, np.arange(0, len(code), each))


AT = np.array([0.1, 0.4, np.log(0.8)])


def integrated(family, rows, at):
    """Every group's integral by scipy's adaptive rule."""
    total = 0.0
    for group in range(len(rows.starts)):
        mine = rows.code == group
        x, y, size = rows.matrix[mine], rows.outcome[mine], rows.size[mine]

        def density(v, x=x, y=y, size=size):
            eta = x @ at[:-1] + np.exp(at[-1]) * v
            cumulant = size * (np.exp(eta) if family == "poisson" else np.logaddexp(0, eta))
            return np.exp(y @ eta - cumulant.sum()) * norm.pdf(v)

        total += np.log(quad(density, -9, 9, epsabs=0, epsrel=1e-11, limit=200)[0])
    return total


@pytest.mark.parametrize("family", ["poisson", "binomial"])
def test_the_likelihood_is_scipys_integral(family):
    rows = rows_of(family)
    assert evaluate_quadrature(family, rows, AT, 25).loglik == pytest.approx(integrated(family, rows, AT), rel=1e-9)


@pytest.mark.parametrize("family", ["poisson", "binomial"])
def test_gradient_and_information_are_derivatives(family):
    rows, near = rows_of(family), 1e-4
    here = evaluate_quadrature(family, rows, AT, 25)
    for place, step in enumerate(near * np.eye(3)):
        up, down = evaluate_quadrature(family, rows, AT + step, 25), evaluate_quadrature(family, rows, AT - step, 25)
        assert_allclose((up.loglik - down.loglik) / (2 * near), here.gradient[place], rtol=1e-5, atol=1e-6)
        assert_allclose((down.gradient - up.gradient) / (2 * near), here.information[place], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("family", ["poisson", "binomial"])
def test_laplace_is_one_point_with_its_own_gradient(family):
    rows, near = rows_of(family), 1e-5
    here = evaluate_laplace(family, rows, AT)
    assert here.loglik == pytest.approx(evaluate_quadrature(family, rows, AT, 1).loglik, rel=1e-12)
    assert here.loglik == laplace_value(family, rows, AT)
    for place, step in enumerate(near * np.eye(3)):
        up, down = evaluate_laplace(family, rows, AT + step).loglik, evaluate_laplace(family, rows, AT - step).loglik
        assert_allclose((up - down) / (2 * near), here.gradient[place], rtol=1e-5, atol=1e-6)


def test_a_mode_balances_the_residuals():
    rows = rows_of("poisson")
    modes = find_modes("poisson", rows, AT[:-1], 0.8)
    mean = rows.size * np.exp(rows.matrix @ AT[:-1] + 0.8 * modes.place[rows.code])
    assert_allclose(0.8 * np.add.reduceat(rows.outcome - mean, rows.starts), modes.place, atol=1e-9)
    assert_allclose(modes.curvature, 1 + 0.64 * np.add.reduceat(mean, rows.starts))
