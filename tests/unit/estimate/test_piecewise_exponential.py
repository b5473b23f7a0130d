from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.testing import assert_allclose

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.aft import aft
from evaltools.estimate.cox import cox
from evaltools.estimate.piecewise_exponential import piecewise_exponential

RNG = np.random.default_rng(43)
N = 600
FRAME = pd.DataFrame({"x": RNG.normal(size=N), "days": RNG.permutation(N) + 1.0, "status": RNG.integers(0, 2, N)})
TIMES = EventTimes.from_frame(FRAME, "days", "status")


def test_a_cut_at_every_event_is_cox():
    """Exact where nobody leaves between two events."""
    everybody = EventTimes.from_frame(FRAME[FRAME["days"] <= 60].assign(status=1), "days", "status")
    fit, theirs = piecewise_exponential(everybody, "x", np.sort(everybody.duration)[:-1]), cox(everybody, "x")
    assert_allclose(fit.estimates["estimate"].iloc[-1], theirs.coefficients[0], rtol=1e-5)
    assert_allclose(fit.estimates["se"].iloc[-1], theirs.estimates["se"].iloc[0], rtol=1e-4)


def test_without_cuts_it_is_exponential():
    fit = piecewise_exponential(TIMES, "x", [])
    assert_allclose(fit.estimates["estimate"], -aft(TIMES, "x", "exponential").estimates["estimate"], rtol=1e-6)


def test_terms():
    terms = piecewise_exponential(TIMES, "x", [100, 300]).estimates["term"].tolist()
    assert terms == ["Intercept", "C(interval)[T.(100, 300]]", "C(interval)[T.(300, ...)]", "x"]
