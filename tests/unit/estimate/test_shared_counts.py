from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.shared_counts import refuse_shares, shared_counts


def test_agrees_with_counting_one_by_one(many):
    compared = shared_counts(many, "site")
    labels, (counts,) = compared.labels, compared.strata
    assert compared.people.tolist() == [(many.data["site"] == label).sum() for label in labels]
    assert counts.time.tolist() == sorted({*many.duration[many.cause > 0]})
    for g, label in enumerate(labels):
        mine = (many.data["site"] == label).to_numpy()
        for t, day in enumerate(counts.time):
            there = mine & (many.duration >= day) & ((many.entry < day) | (many.entry == 0))
            assert counts.at_risk[g, t] == there.sum()
            now = mine & (many.duration == day)
            assert counts.by_cause[:, g, t].tolist() == [np.sum(now & (many.cause == code)) for code in (1, 2)]


def test_strata_share_out_the_people(many):
    many.data["wave"] = np.arange(len(many)) % 2
    parts = shared_counts(many, "site", "wave").strata
    assert len(parts) == 2
    assert sum(part.by_cause.sum() for part in parts) == (many.cause > 0).sum()


def test_nobody_with_an_event_has_no_times(make):
    (counts,) = shared_counts(make([1, 2], [0, 0], site=["a", "b"]), "site").strata
    assert counts.time.size == 0
    assert counts.at_risk.shape == (2, 0)


def test_weights_that_are_no_people_are_refused(four):
    refuse_shares(replace(four, weights=np.array([1.0, 2.0, 3.0, 4.0])))
    with pytest.raises(EstimateError, match="robust standard errors"):
        refuse_shares(replace(four, weights=np.array([1.0, 2.5, 3.0, 4.0])))
