from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.domain.immortal_time import late_covariates
from evaltools.errors import EstimateError


@pytest.fixture
def people():
    """Two people engaged on the first of January; one has advice a month later."""
    return pd.DataFrame(
        {
            "days": [50, 90],
            "status": [1, 0],
            "engaged_date": pd.to_datetime(["2020-01-01", "2020-01-01"]),
            "had_advice": [True, False],
            "advice_date": pd.to_datetime(["2020-02-01", None]),
        }
    )


def take(people, **changes):
    asked = {"origin": "engaged_date", "known": {"had_advice": "advice_date"}} | changes
    return EventTimes.from_frame(people, "days", "status", **asked)


def test_a_covariate_known_after_the_origin_is_refused_with_three_ways_out(people):
    with pytest.raises(EstimateError) as caught:
        take(people)
    (problem,) = caught.value.problems
    assert problem.code == "E121"
    assert "1 of 2 rows" in problem.what
    assert all(
        way in problem.fix for way in ("time-varying covariate", "landmark", "clock reset", "allow_late=('had_advice',)")
    )
    assert "2020" not in str(problem)


def test_naming_it_lets_it_through(people):
    assert len(take(people, allow_late=("had_advice",))) == 2


def test_naming_another_does_not(people):
    with pytest.raises(EstimateError, match="immortal time"):
        take(people, allow_late=("site",))


@pytest.mark.parametrize("dates", [["2020-01-01", None], ["2019-12-01", "2020-01-01"], [None, None]])
def test_known_at_the_origin_or_never_is_harmless(people, dates):
    assert len(take(people.assign(advice_date=pd.to_datetime(dates)))) == 2


def test_dates_as_text_and_as_day_numbers_are_judged_too(people):
    text = people.assign(engaged_date="2020-01-01", advice_date=["2020-02-01", None])
    numbers = people.assign(engaged_date=[0, 0], advice_date=[31, None])
    for frame in (text, numbers):
        with pytest.raises(EstimateError, match="immortal time"):
            take(frame)


def test_without_an_origin_nothing_can_be_judged(people):
    with pytest.raises(EstimateError, match="without an origin"):
        take(people, origin=None)


def test_a_person_whose_origin_is_missing_cannot_be_judged(people):
    people.loc[0, "engaged_date"] = pd.NaT
    with pytest.raises(EstimateError, match="engaged_date is missing"):
        take(people)


def test_a_column_without_dates_is_refused(people):
    with pytest.raises(EstimateError, match="'advice_date' does not hold dates"):
        take(people.assign(advice_date=["soon", None]))


def test_a_column_that_is_not_there_is_refused(people):
    with pytest.raises(EstimateError, match="no column 'advised'"):
        take(people, known={"had_advice": "advised"})


def test_nothing_known_has_no_problem(people):
    assert late_covariates(people, None, {}) == []


def test_a_covariate_that_nobody_has_was_known_to_nobody_too_late():
    frame = pd.DataFrame({"engaged": pd.to_datetime(["2020-01-01"] * 2), "advice": [np.nan, np.nan]})
    assert late_covariates(frame, "engaged", {"had_advice": "advice"}) == []


def test_days_are_not_compared_with_dates():
    frame = pd.DataFrame({"engaged": pd.to_datetime(["2020-01-01"] * 2), "advice": [5, np.nan]})
    [problem] = late_covariates(frame, "engaged", {"had_advice": "advice"})
    assert problem.what == "'advice' and 'engaged' are not on one scale"
