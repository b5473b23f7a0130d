from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from scipy.stats import poisson

from evaltools.errors import EstimateError
from evaltools.estimate.productivity import estimate_productivity, rate_limits

CUT = date(2019, 12, 31)
_JOBS = """
who site  holder of    credit    month
a   north A      north held      2019-01
b   north A      north held      2019-01
c   north A      north held      2019-02
d   south B      south held      2019-01
e   south A      north held      2019-02
f   north -      -     nobody    2019-01
g   south -      -     contested 2019-01
h   south -      -     -         -
"""


@pytest.fixture
def months():
    rows = [
        ("A", "north", "2019-01-01", 1.0, 4.0),
        ("A", "north", "2019-02-01", 0.5, 2.0),
        ("B", "south", "2019-01-01", None, 3.0),
    ]
    frame = pd.DataFrame(rows, columns=["specialist_id", "site_id", "month", "fte_months", "client_months"])
    return frame.assign(definition="d", month=pd.to_datetime(frame["month"])).astype({"fte_months": "Float64"})


@pytest.fixture
def attribution():
    rows = [line.split() for line in _JOBS.strip().splitlines()]
    frame = pd.DataFrame(rows[1:], columns=rows[0]).replace("-", None).assign(definition="d")
    frame["first_job_date"] = pd.to_datetime(frame.pop("month") + "-15")
    return frame.rename(columns={"who": "participant_id", "site": "site_id", "of": "holder_site"})


@pytest.fixture
def milestones():
    state = {"a": "yes", "b": "no", "c": "unknown", "d": "yes", "e": "yes", "f": "not yet"}
    frame = pd.DataFrame(state.items(), columns=["participant_id", "state"])
    return frame.assign(definition="d", weeks=13, site_id="north")


@pytest.fixture
def results(months, attribution, milestones):
    return estimate_productivity(months, attribution, milestones, 0.95, CUT)


def parts(results, outcome, group="all"):
    rows = results.estimates
    rows = rows[(rows["outcome"] == outcome) & (rows["group"] == group)]
    assert len(rows) == 1
    return rows.iloc[0][["numerator", "denominator", "missing"]].tolist()


def test_starts_are_divided_by_the_years_in_which_exposure_is_known(results):
    # d started with a specialist whose exposure is not known; f and g are credited to nobody
    assert parts(results, "starts_per_fte_year") == [4, 1.5 / 12, 3]
    assert results.estimates["value"].iloc[0] == pytest.approx(4 / 0.125)


def test_a_start_belongs_to_the_site_of_who_is_credited_with_it(results):
    assert parts(results, "starts_per_fte_year", "north") == [4, 0.125, 1]


def test_a_site_of_unknown_exposure_has_no_rate_by_year(results):
    rows = results.estimates[results.estimates["group"] == "south"]
    assert set(rows["outcome"]) == {"starts_per_client_month"}


def test_jobs_kept_leave_out_those_not_known(results):
    # kept: a and e; b ended; c is not known, f not yet; d was kept, but its exposure is not known
    assert parts(results, "kept_per_fte_year") == [2, 0.125, 3]
    assert results.estimates.loc[results.estimates["outcome"] == "kept_per_fte_year", "horizon"].tolist() == [91, 91]


def test_the_same_starts_by_what_clients_had(results):
    assert parts(results, "starts_per_client_month") == [5, 9, 2]
    assert parts(results, "starts_per_client_month", "south") == [1, 3, 1]


def test_ids_are_unique(results):
    assert results.estimates["estimate_id"].is_unique


def test_nothing_in_nothing_out(attribution, milestones):
    assert estimate_productivity(pd.DataFrame(), attribution, milestones, 0.95, CUT).estimates.empty


@pytest.mark.parametrize("events", [0, 1, 12])
def test_limits_of_a_rate_are_those_of_the_poisson_distribution(events):
    lower, upper = rate_limits(events, 3.0)
    assert poisson.cdf(events, upper * 3) == pytest.approx(0.025)
    if events:
        assert poisson.sf(events - 1, lower * 3) == pytest.approx(0.025)
    else:
        assert lower == 0


@pytest.mark.parametrize(("events", "exposure"), [(1, 0), (1, float("nan")), (-1, 2)])
def test_a_rate_without_exposure_is_refused(events, exposure):
    with pytest.raises(EstimateError):
        rate_limits(events, exposure)
