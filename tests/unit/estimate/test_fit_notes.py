from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.aft import aft
from evaltools.estimate.cox import cox
from evaltools.estimate.design import design
from evaltools.estimate.fine_gray import fine_gray
from evaltools.estimate.fit_notes import fit_note, lacking_note
from evaltools.estimate.royston_parmar import royston_parmar

_FRAME = pd.DataFrame(
    {"days": [*range(1, 26)], "status": [1, 0, 0, 1, 2] * 5, "x": np.sin(range(25)), "site": [*range(5)] * 5}
)
_FRAME.loc[0, "x"] = np.nan


def test_nothing_to_say_is_said_by_nothing():
    made = design(_FRAME[1:], "x")
    assert fit_note(made, 10) == lacking_note(made) == ""
    assert fit_note(made, 10, 30, "also") == "also"


@pytest.mark.parametrize(
    "fit",
    [
        lambda times: cox(times, "x", cause="job", cluster="site"),
        lambda times: fine_gray(times, "x", "job", cluster="site"),
        lambda times: aft(times, "x", cause="job", cluster="site"),
    ],
    ids=["cox", "fine_gray", "aft"],
)
def test_every_model_warns_in_the_same_words(fit):
    times = EventTimes.from_frame(_FRAME, "days", "status", {1: "job", 2: "left"})
    assert fit(times).note == (
        "fewer than 10 events for each coefficient (9 for 1); fewer than 30 clusters (5): robust errors tend to be too small"
        "; 1 rows without every covariate were set aside"
    )


def test_a_spline_warns_of_few_events():
    times = EventTimes.from_frame(_FRAME, "days", "status", {1: "job", 2: "left"})
    assert royston_parmar(times, "x", df=1, cause="job").note.startswith(
        "fewer than 10 events for each coefficient (9 for 1)"
    )
