from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from evaltools.estimate.event_counts import event_counts
from evaltools.estimate.incidence_steps import incidence_steps


def test_by_hand(four):
    steps = incidence_steps(event_counts(four), 1)
    assert_allclose(steps.after, [0.75, 0.25, 0.25])
    assert_allclose(steps.before, [1, 0.75, 0.25])
    assert_allclose(steps.incidence, [0.25, 0.5, 0.5])


def test_any_event_is_one_minus_the_survival(many):
    steps = incidence_steps(event_counts(many, "site"))
    assert_allclose(steps.incidence, 1 - steps.after, atol=1e-12)
    parts = [incidence_steps(event_counts(many, "site"), code).incidence for code in (1, 2)]
    assert_allclose(np.sum(parts, axis=0), steps.incidence, atol=1e-12)
