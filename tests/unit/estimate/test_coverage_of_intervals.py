"""Intervals hold the truth as often as they say: 500 made-up studies with known curves.

300 people, exponential times to a job and to leaving, follow-up uniform over two years. With 500 studies and true coverage
of 95% the share that holds the truth lies within 93 to 97% in 96 of 100 runs; the seed is fixed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.restricted_mean import restricted_mean

pytestmark = pytest.mark.slow

JOB, LEFT, HORIZON, REPEATS = 1 / 400, 1 / 600, 365, 500
ALL = JOB + LEFT
TRUTH = {
    "survival": np.exp(-ALL * HORIZON),
    "job": JOB / ALL * (1 - np.exp(-ALL * HORIZON)),
    "job, Aalen": JOB / ALL * (1 - np.exp(-ALL * HORIZON)),
    "left": LEFT / ALL * (1 - np.exp(-ALL * HORIZON)),
    "mean": (1 - np.exp(-ALL * HORIZON)) / ALL,
    "lost to job": JOB / ALL * (HORIZON - (1 - np.exp(-ALL * HORIZON)) / ALL),
}


def study(rng, people=300):
    """Continuous times, so that the truth is exact: rounding to days would move it."""
    job, left = rng.exponential(1 / JOB, people), rng.exponential(1 / LEFT, people)
    end = rng.uniform(200, 930, people)
    days = np.minimum(np.minimum(job, left), end)
    frame = pd.DataFrame({"days": days, "status": np.where(days == end, 0, np.where(job < left, 1, 2))})
    return EventTimes.from_frame(frame, "days", "status", {1: "job", 2: "left"})


def intervals(times):
    incidence = at_times(cumulative_incidence(times), [HORIZON]).set_index("cause")
    aalen = at_times(cumulative_incidence(times, variance="aalen"), [HORIZON]).set_index("cause")
    rows = {
        "survival": at_times(kaplan_meier(times), [HORIZON]).iloc[0],
        "job": incidence.loc["job"],
        "job, Aalen": aalen.loc["job"],
        "left": incidence.loc["left"],
        "mean": restricted_mean(times, HORIZON).iloc[0],
        "lost to job": restricted_mean(times, HORIZON, cause="job").iloc[0],
    }
    return {name: row["lower"] <= TRUTH[name] <= row["upper"] for name, row in rows.items()}


@pytest.fixture(scope="module")
def coverage():
    rng = np.random.default_rng(20261122)
    return pd.DataFrame([intervals(study(rng)) for _ in range(REPEATS)]).mean()


@pytest.mark.parametrize("quantity", TRUTH)
def test_coverage(coverage, quantity):
    assert 0.93 <= coverage[quantity] <= 0.97
