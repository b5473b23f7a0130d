from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from scipy.stats import rankdata

from evaltools.errors import EstimateError
from evaltools.estimate.cox import cox
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.time_scale import time_scale


def test_scales(many):
    data = many.data.assign(age=np.arange(len(many)) % 17)
    times = type(many).from_frame(data, "days", "status", many.causes, entry="entry")
    model = cox(times, "age", strata="site").model
    days = model.days.time
    assert time_scale(model, "identity").tolist() == days.tolist()
    assert_allclose(time_scale(model, "log"), np.log(days))
    rank = pd.Series(rankdata(times.duration), index=times.duration).groupby(level=0).first()
    assert_allclose(time_scale(model, "rank"), rank.loc[days])
    curve = kaplan_meier(times)
    before = np.concatenate([[1.0], curve["survival"]])[np.searchsorted(curve["time"], days)]
    assert_allclose(time_scale(model, "km"), 1 - before, atol=1e-12)


def test_what_has_no_scale(make):
    model = cox(make([0, 1, 2, 3, 4], [1, 1, 1, 0, 1], age=[1, 5, 2, 4, 3]), "age").model
    with pytest.raises(EstimateError, match="no logarithm"):
        time_scale(model, "log")
    with pytest.raises(EstimateError, match="km, rank, identity, log"):
        time_scale(model, "weeks")
