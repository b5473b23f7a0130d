from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from sksurv.nonparametric import cumulative_incidence_competing_risks

from evaltools.estimate.confidence import probability_interval
from evaltools.estimate.event_counts import event_counts
from evaltools.estimate.incidence_steps import incidence_steps
from evaltools.estimate.incidence_variance import aalen_variance, survfit_variance
from evaltools.estimate.jackknife import jackknife_variance


@given(data=st.data(), code=st.sampled_from([1, 2, None]))
def test_closed_form_is_the_sum_over_people(data, code, some_people):
    times = data.draw(some_people())
    counts = event_counts(times)
    steps = incidence_steps(counts, code)
    assert_allclose(survfit_variance(steps), jackknife_variance(steps, counts, times, None, code), rtol=1e-9, atol=1e-14)


def test_aalen_variance_agrees_with_scikit_survival(many):
    times = type(many).from_frame(many.data, "days", "status", many.causes)
    counts = event_counts(times)
    time, estimate, limits = cumulative_incidence_competing_risks(
        times.cause, times.duration, conf_type="log-log", var_type="Aalen"
    )
    assert_allclose(time, counts.time)
    for code in (1, 2):
        steps = incidence_steps(counts, code)
        upper = probability_interval(steps.incidence, np.sqrt(aalen_variance(steps))).upper
        assert_allclose(steps.incidence, estimate[code], rtol=1e-10)
        assert_allclose(upper, limits[code, 1], rtol=5e-3)  # it takes ties between causes another way; see tests/reference
