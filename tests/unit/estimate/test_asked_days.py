from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.aft import aft
from evaltools.estimate.asked_days import asked_days
from evaltools.estimate.at_times import at_times
from evaltools.estimate.cluster_bootstrap import cluster_bootstrap
from evaltools.estimate.conditional_survival import conditional_survival
from evaltools.estimate.cox import cox
from evaltools.estimate.event_table import number_at_risk
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.pseudo_observations import pseudo_observations
from evaltools.estimate.royston_parmar import royston_parmar
from evaltools.estimate.standardised_curves import standardised_curves

_RNG = np.random.default_rng(3)
_FRAME = pd.DataFrame({"days": _RNG.integers(1, 40, 60), "status": 1, "x": _RNG.normal(size=60), "site": [*"ab"] * 30})
_TIMES = EventTimes.from_frame(_FRAME, "days", "status")


def test_one_day_and_several_are_taken():
    assert asked_days(np.float64(3)).tolist() == [3.0]
    assert asked_days(range(2)).tolist() == [0.0, 1.0]
    assert asked_days([]).tolist() == []
    assert asked_days(np.array(91)).tolist() == asked_days("91").tolist() == [91.0]
    assert asked_days([-3], earliest=-np.inf).tolist() == [-3.0]


@pytest.mark.parametrize("day", [np.nan, None, np.inf, -1.0, "soon"])
@pytest.mark.parametrize(
    "call",
    [
        lambda day: at_times(kaplan_meier(_TIMES), [day]),
        lambda day: conditional_survival(_TIMES, start=day) if day is not None else asked_days(day),
        lambda day: number_at_risk(_TIMES, [day]),
        lambda day: cluster_bootstrap(_TIMES, days=[day], replicates=20),
        lambda day: cluster_bootstrap(_TIMES, p=0.5, horizon=day, replicates=20) if day is not None else asked_days([day]),
        lambda day: standardised_curves(_TIMES, "site", [day], formula="x", replicates=20),
        lambda day: pseudo_observations(_TIMES, [day]),
        lambda day: cox(_TIMES, "x").survival(_FRAME[:1], [day]),
        lambda day: aft(_TIMES, "x").survival(_FRAME[:1], [day]),
        lambda day: royston_parmar(_TIMES, "x", df=1).survival(_FRAME[:1], [day]),
    ],
)
def test_a_day_that_is_none_is_refused_by_every_estimate(call, day):
    with pytest.raises(EstimateError, match="a day that was asked for is"):
        call(day)


@pytest.mark.parametrize("fit", [lambda: aft(_TIMES, "x"), lambda: royston_parmar(_TIMES, "x", df=1)])
def test_on_day_0_nobody_has_had_the_event_yet(fit):
    assert fit().survival(_FRAME[:1], [0])["survival"].tolist() == [1.0]
