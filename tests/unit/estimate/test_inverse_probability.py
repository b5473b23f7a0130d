from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.at_times import at_times
from evaltools.estimate.inverse_probability import inverse_probability_survival
from evaltools.estimate.kaplan_meier import kaplan_meier


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=40))
def test_it_is_kaplan_meier_when_events_come_first(people):
    frame = pd.DataFrame(people, columns=["days", "status"]).astype(int)
    times = EventTimes.from_frame(frame, "days", "status")
    asked = [1, 4, 8, 12]
    np.testing.assert_allclose(
        inverse_probability_survival(times, asked)["survival"], at_times(kaplan_meier(times), asked)["value"], atol=1e-9
    )


def test_groups_are_estimated_apart():
    frame = pd.DataFrame({"days": [2, 3, 4, 5], "status": [1, 0, 1, 1], "site": ["a", "a", None, None]})
    found = inverse_probability_survival(EventTimes.from_frame(frame, "days", "status"), [4], by="site")
    assert found["group"].tolist() == ["a", "(missing)"]
    assert found["survival"].isna().tolist() == [True, False]  # the last of 'a' was censored on day 3


def test_late_entry_and_unknown_ties_are_refused():
    frame = pd.DataFrame({"days": [2, 5], "status": 1, "start": [0, 3]})
    with pytest.raises(EstimateError, match="enter late"):
        inverse_probability_survival(EventTimes.from_frame(frame, "days", "status", entry="start"), [4])
    with pytest.raises(EstimateError, match="no way 'never'"):
        inverse_probability_survival(EventTimes.from_frame(frame, "days", "status"), [4], ties="never")
