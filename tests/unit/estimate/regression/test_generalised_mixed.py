from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from evaltools.estimate.regression.adaptive_quadrature import GroupRows, evaluate_quadrature
from evaltools.estimate.regression.count_likelihood import canonical_fit
from evaltools.estimate.regression.generalised_mixed import generalised_mixed
from evaltools.estimate.regression.model_rows import model_rows


def rows_of(months, formula="starts ~ caseload"):
    rows = model_rows(months, formula, "poisson", "client_months", ("specialist",))
    code = rows.groups["specialist"]
    return rows, GroupRows(rows.expanded(), rows.outcome, rows.exposure, code, np.searchsorted(code, np.arange(30)))


@pytest.mark.parametrize("points", [1, 9, 15])
def test_no_step_from_the_maximum_is_up(points, months):
    rows, held = rows_of(months)
    made = generalised_mixed(rows, held, "poisson", points)
    at = np.append(made.point, np.log(made.variance) / 2)
    top = evaluate_quadrature("poisson", held, at, points).loglik
    for step in 1e-3 * np.vstack([np.eye(3), -np.eye(3)]):
        assert evaluate_quadrature("poisson", held, at + step, points).loglik < top


def test_points_beyond_fifteen_change_nothing(months):
    rows, held = rows_of(months)
    some, many = (generalised_mixed(rows, held, "poisson", points) for points in (15, 40))
    assert_allclose([some.loglik, some.variance], [many.loglik, many.variance], rtol=1e-8)


def test_groups_that_do_not_differ_have_no_variance(make_months):
    months = make_months(spread=0, seed=2)
    rows, held = rows_of(months)
    made = generalised_mixed(rows, held, "poisson", 15)
    plain, constant = canonical_fit(rows, "poisson")
    assert (made.variance, made.log_sd_se) == (0.0, None)
    assert made.loglik == plain.loglik + constant
    assert_allclose(made.point, plain.point)
