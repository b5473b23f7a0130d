"""Small sets of people whose curves can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from evaltools.domain.event_times import EventTimes


def people(days, status, causes=None, **columns) -> EventTimes:
    frame = pd.DataFrame({"days": days, "status": status, **columns})
    entry = "entry" if "entry" in columns else None
    return EventTimes.from_frame(frame, "days", "status", causes=causes or {1: "job", 2: "left"}, entry=entry)


@pytest.fixture
def make():
    return people


@pytest.fixture
def four():
    """Four people: a job on day 2; a job and a leaver on day 3; one censored on day 5."""
    return people([2, 3, 3, 5], [1, 1, 2, 0])


@pytest.fixture
def many():
    """Three hundred people in three groups, heavily tied, a third of them entering late."""
    rng = np.random.default_rng(20261122)
    days = rng.integers(1, 40, 300)
    entry = np.where(rng.random(300) < 1 / 3, rng.integers(0, 40, 300) % days, 0)
    return people(days, rng.integers(0, 3, 300), entry=entry, site=rng.choice(["a", "b", "c"], 300))


@pytest.fixture(scope="session")
def some_people():
    """A strategy, to be drawn from with hypothesis' data(): test modules cannot import this file."""
    return _some_people


@st.composite
def _some_people(draw, censoring=True):
    """Draw from 1 to 40 people with days 0 to 15, so that ties are common."""
    n = draw(st.integers(1, 40))
    days = draw(st.lists(st.integers(0, 15), min_size=n, max_size=n))
    status = draw(st.lists(st.integers(0 if censoring else 1, 2), min_size=n, max_size=n))
    return people(days, status)
