from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox
from evaltools.estimate.fine_gray import fine_gray

RNG = np.random.default_rng(8)
N = 150
FRAME = pd.DataFrame({"x": RNG.normal(size=N), "z": RNG.integers(0, 2, N) * 1.0})
FRAME = FRAME.assign(days=RNG.permutation(N) + 1.0, status=(RNG.random(N) < 0.8).astype(int))


def test_are_those_of_lifelines_without_ties():
    fit = cox(EventTimes.from_frame(FRAME, "days", "status"), "x + z")
    ours = fit.scaled_residuals("identity")
    theirs = CoxPHFitter().fit(FRAME, "days", "status").compute_residuals(FRAME, "scaled_schoenfeld")
    order = FRAME.loc[theirs.index, "days"].argsort()
    for place, term in enumerate(["x", "z"]):
        mine = ours[ours["term"] == term]
        centred = mine["residual"].to_numpy() - fit.coefficients[place]
        assert_allclose(centred, theirs.iloc[order.to_numpy(), place], rtol=1e-4, atol=1e-4)
        assert mine["position"].tolist() == mine["time"].tolist()


def test_their_mean_is_the_estimate_and_there_is_one_for_each_event():
    tied = FRAME.assign(days=np.ceil(FRAME["days"] / 9))
    fit = cox(EventTimes.from_frame(tied, "days", "status"), "x + z")
    found = fit.scaled_residuals()
    assert len(found) == 2 * fit.events
    assert_allclose(found.groupby("term")["residual"].mean(), fit.coefficients, atol=1e-6)


def test_are_for_cox_only():
    causes = EventTimes.from_frame(FRAME.assign(status=RNG.integers(0, 3, N)), "days", "status", {1: "job", 2: "left"})
    with pytest.raises(EstimateError, match="for Cox fits"):
        fine_gray(causes, "x", cause="job").scaled_residuals()
