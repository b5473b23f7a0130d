from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox
from evaltools.estimate.robust_variance import cluster_codes, sandwich, score_residuals

RNG = np.random.default_rng(5)
N = 300
FRAME = pd.DataFrame({"age": RNG.normal(size=N), "arm": RNG.integers(0, 2, N) * 1.0, "post": RNG.integers(0, 30, N)})
FRAME = FRAME.assign(days=RNG.exponential(10, N), status=RNG.integers(0, 2, N))


def take(frame=FRAME):
    return EventTimes.from_frame(frame, "days", "status")


def test_clustered_is_that_of_lifelines_without_ties():
    fit = cox(take(), "age + arm", cluster="post")
    theirs = CoxPHFitter().fit(FRAME, "days", "status", cluster_col="post")
    assert_allclose(fit.estimates["robust_se"], theirs.standard_errors_, rtol=1e-5)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_shares_of_the_score_add_up_to_nothing(ties):
    tied = take(FRAME.assign(days=np.ceil(FRAME["days"])))
    fit = cox(tied, "age + arm", ties=ties)
    assert_allclose(score_residuals(fit.model, fit.coefficients).sum(axis=0), 0, atol=1e-6)


def test_collapsed_rows_have_the_same_errors():
    tied = FRAME.assign(days=np.ceil(FRAME["days"] / 8), arm=FRAME["arm"].astype(int))
    few = cox(take(tied), "arm", cluster="post")
    rows = cox(take(tied.assign(arm=tied["arm"] + 0.5)), "arm", cluster="post")
    assert few.model.design.pattern is not None
    assert rows.model.design.pattern is None
    assert_allclose(few.estimates["robust_se"], rows.estimates["robust_se"], rtol=1e-8)


def test_copies_halve_the_model_variance_and_leave_that_by_cluster():
    """Exact for Breslow ties, where a copy is a tie like any other."""
    one = cox(take(), "age", cluster="post", ties="breslow").estimates
    two = cox(take(pd.concat([FRAME, FRAME])), "age", cluster="post", ties="breslow").estimates
    assert_allclose(two["se"] ** 2, one["se"] ** 2 / 2, rtol=1e-6)
    assert_allclose(two["robust_se"], one["robust_se"], rtol=1e-6)


def test_each_row_its_own_cluster_is_robust():
    alone = cox(take(FRAME.assign(row=range(N))), "age", cluster="row")
    assert_allclose(alone.estimates["robust_se"], cox(take(), "age", robust=True).estimates["robust_se"], rtol=1e-10)
    fit = cox(take(), "age")
    assert_allclose(sandwich(fit.model, fit.coefficients, fit.covariance), alone.covariance, rtol=1e-8)


def test_missing_labels_and_one_cluster_are_refused():
    times = take(FRAME.assign(label=np.where(FRAME["post"] > 9, "x", None)))
    with pytest.raises(EstimateError, match="'label' is missing in"):
        cluster_codes(times, "label", np.arange(N))
    with pytest.raises(EstimateError, match="one cluster"):
        cluster_codes(times, "label", np.flatnonzero(FRAME["post"] > 9))
