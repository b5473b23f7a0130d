from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.aft import aft
from evaltools.estimate.cluster_bootstrap import cluster_bootstrap
from evaltools.estimate.cox import cox
from evaltools.estimate.cox_bootstrap import cox_bootstrap
from evaltools.estimate.fine_gray import fine_gray
from evaltools.estimate.mean_cumulative import mean_cumulative
from evaltools.estimate.piecewise_exponential import piecewise_exponential
from evaltools.estimate.pseudo_observations import pseudo_observations
from evaltools.estimate.some_people import require_people
from evaltools.estimate.standardised_curves import standardised_curves

NOBODY = EventTimes.from_frame(pd.DataFrame({"days": [], "status": [], "x": [], "site": []}), "days", "status")


@pytest.mark.parametrize(
    "call",
    [
        require_people,
        lambda times: cox(times, "x"),
        lambda times: fine_gray(times, "x", "event"),
        lambda times: aft(times, "x"),
        lambda times: piecewise_exponential(times, "x", [5]),
        lambda times: cox_bootstrap(times, "x"),
        cluster_bootstrap,
        lambda times: standardised_curves(times, "site", [5], formula="x"),
        lambda times: pseudo_observations(times, 5),
        lambda times: pseudo_observations(times, 5, by="site"),
        mean_cumulative,
    ],
)
def test_nobody_is_said_in_words(call):
    with pytest.raises(EstimateError, match="there is nobody to estimate from"):
        call(NOBODY)
