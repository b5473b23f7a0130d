from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.cox import cox
from evaltools.estimate.cox_model import cox_model
from evaltools.estimate.design import design
from evaltools.estimate.repeated_cox import RepeatedCox


def people(n=200, seed=1):
    rng = np.random.default_rng(seed)
    days = rng.integers(3, 25, n)
    return pd.DataFrame(
        {
            "days": days,
            "status": rng.integers(0, 2, n),
            "start": np.where(rng.random(n) < 0.3, days // 2, 0),
            "x": rng.normal(size=n),
            "z": rng.integers(0, 2, n),
            "site": rng.choice(["a", "b"], n),
        }
    )


def repeated(frame, strata=()):
    times = EventTimes.from_frame(frame, "days", "status", entry="start")
    made = design(times.data, "x + z")
    model = cox_model(times, made, times.cause > 0, strata)
    return RepeatedCox.from_rows(made.expanded(), times.cause > 0, model.days)


@pytest.mark.parametrize("strata", [(), ("site",)])
def test_counts_are_rows_written_out(strata):
    frame = people()
    counts = np.random.default_rng(5).integers(0, 4, len(frame))
    written = EventTimes.from_frame(frame.loc[np.repeat(frame.index, counts)], "days", "status", entry="start")
    expected = cox(written, "x + z", strata=strata)
    found = repeated(frame, strata).fit(counts.astype(float), np.zeros(2))
    np.testing.assert_allclose(found, expected.coefficients, atol=1e-8)


def test_the_hazard_is_that_of_the_mean_person():
    frame = people()
    fit = cox(EventTimes.from_frame(frame, "days", "status", entry="start"), "x + z")
    found = repeated(frame).hazard(np.ones(len(frame)), fit.coefficients)
    mean = float(frame[["x", "z"]].mean() @ fit.coefficients)
    np.testing.assert_allclose(found, fit.baseline()["hazard"] * np.exp(mean), rtol=1e-8)


def test_a_resample_that_separates_has_no_estimate():
    frame = people()
    frame["z"] = frame["status"]
    assert np.isnan(repeated(frame).fit(np.ones(len(frame)), np.zeros(2))).all()
