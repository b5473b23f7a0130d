from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from evaltools.estimate.observed_expected import observed_expected


@given(data=st.data(), rho=st.sampled_from([0, 0.5, 1]))
def test_as_many_events_are_expected_as_observed(data, rho, some_people):
    times = data.draw(some_people())
    times.data["site"] = np.arange(len(times)) % 3
    compared = observed_expected(times, "site", (), rho)
    assert_allclose(compared.expected.sum(), compared.observed.sum(), atol=1e-10)
    assert_allclose(compared.covariance.sum(axis=0), 0, atol=1e-10)


def test_whole_weights_are_so_many_people(make):
    once = make([1, 2, 2, 3, 3, 3], [1, 1, 1, 0, 0, 0], site=["a", "b", "b", "a", "a", "a"])
    short = replace(make([1, 2, 3], [1, 1, 0], site=["a", "b", "a"]), weights=np.array([1.0, 2.0, 3.0]))
    for name in ("observed", "expected", "covariance", "people"):
        assert_allclose(getattr(observed_expected(short, "site"), name), getattr(observed_expected(once, "site"), name))
