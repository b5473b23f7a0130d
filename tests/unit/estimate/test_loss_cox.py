from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter

from evaltools.domain.event_times import EventTimes
from evaltools.errors import EstimateError
from evaltools.estimate.loss_cox import cox_loss
from evaltools.estimate.loss_periods import loss_periods


def people(n: int = 250, **columns: object) -> EventTimes:
    """Nobody ends on the day of another, so that ways of taking ties do not matter."""
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"days": rng.permutation(n) + 1, "age": rng.normal(40, 9, n), "poor": rng.integers(0, 2, n)})
    frame["status"] = (rng.random(n) < 0.4 + 0.3 * frame["poor"]).astype(int)
    return EventTimes.from_frame(frame.assign(**columns), "days", "status")


def found(times: EventTimes, formula: str | None, length: float | None = 20.0):
    lost = times.cause == 0
    periods = loss_periods(times, lost, length)
    return periods, cox_loss(periods, times, lost, formula)


def test_the_probability_of_being_followed_is_that_of_lifelines():
    times = people()
    periods, hazard = found(times, "age + poor")
    frame = times.data[["age", "poor"]].assign(days=times.duration, lost=times.cause == 0)
    theirs = CoxPHFitter().fit(frame, "days", "lost", fit_options={"precision": 1e-12})
    ends = periods.ends[periods.ends < times.duration.max()]
    expected = theirs.predict_survival_function(frame, times=ends).to_numpy().T
    whole = np.flatnonzero(~periods.final)
    kept = np.ones((len(times), len(periods.ends)))
    kept[periods.person[whole], periods.period[whole]] = 1 - hazard[whole]
    rows = periods.person[whole], periods.period[whole]
    np.testing.assert_allclose(np.cumprod(kept, axis=1)[rows], expected[rows], rtol=1e-5)


def test_late_entry_counts_from_the_day_of_entry():
    entry = np.where(np.arange(250) % 3 == 0, 0.5, 0.0)
    early, late = (
        people(),
        EventTimes.from_frame(people().data.assign(seen=entry), "days", "status", entry="seen"),
    )  # nobody ends before day 1, so that the sets of people at risk are the same
    np.testing.assert_allclose(found(late, "age")[1], found(early, "age")[1], rtol=1e-12)


def test_without_covariates_it_is_the_share_of_those_at_risk():
    frame = pd.DataFrame({"days": [2, 4, 4, 6, 7], "status": [0, 0, 1, 0, 1]})
    periods, hazard = found(EventTimes.from_frame(frame, "days", "status"), None, None)
    at = {2.0: 1 / 5, 4.0: 1 / 3, 6.0: 1 / 2, 7.0: 0.0}  # the person with an event on day 4 can no longer be lost on it
    expected = [1 - np.exp(-at[end]) for end in periods.ends[periods.period]]
    np.testing.assert_allclose(hazard, expected)


def test_a_day_on_which_somebody_is_lost_at_once_counts():
    frame = pd.DataFrame({"days": [0, 3, 5], "status": [0, 0, 1]})
    _, hazard = found(EventTimes.from_frame(frame, "days", "status"), None, 5.0)
    assert hazard[1] == pytest.approx(1 - np.exp(-1 / 3 - 1 / 2))


def test_a_missing_covariate_is_not_dropped():
    times = people(age=lambda frame: frame["age"].where(frame["days"] > 1))
    with pytest.raises(EstimateError, match="1 of 250 people lack a covariate"):
        found(times, "age")
