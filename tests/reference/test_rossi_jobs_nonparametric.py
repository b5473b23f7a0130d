"""First job, time in it and arrest of 432 people released from prison (carData::Rossi), week by week."""

from __future__ import annotations

import pytest

from evaltools.domain.event_times import EventTimes
from evaltools.estimate.at_times import at_times
from evaltools.estimate.cumulative_incidence import cumulative_incidence
from evaltools.estimate.kaplan_meier import kaplan_meier
from evaltools.estimate.median_time import median_time


@pytest.fixture
def r(expected):
    return expected("rossi_jobs_nonparametric")


@pytest.fixture
def first_job(rossi):
    return EventTimes.from_frame(rossi, "week", "status", causes={1: "job", 2: "arrest"})


def held(rossi, gap):
    """Weeks in the first job under a gap rule, and how it ended, of those who had one."""
    weeks, ended = ("weeks_held", "ended") if gap == 0 else (f"held_{gap}", f"ended_{gap}")
    starters = rossi[rossi[ended] >= 0]
    return starters.assign(weeks=starters[weeks], end=starters[ended], lost=(starters[ended] == 1).astype(int))


def test_counts_and_median(first_job, r):
    counts = [len(first_job), *(int((first_job.cause == code).sum()) for code in (1, 2, 0))]
    assert counts == [r["counts"][name] for name in ("n", "starters", "arrest_before_job", "censored")]
    assert median_time(first_job, cause="job")["value"].tolist() == [r["first_job"]["median_aj"]]


def test_cumulative_incidence_is_that_of_survfit(first_job, r, check):
    check.incidence(first_job, r["first_job"]["aj"])


def test_cumulative_incidence_is_that_of_cmprsk(first_job, r, check):
    check.cmprsk(first_job, r["first_job"]["cuminc"])


def test_groups_and_gray_test_are_those_of_cmprsk(first_job, r, check):
    check.cmprsk(first_job, r["first_job"]["cuminc_by_fin"], by="fin")


def test_one_minus_kaplan_meier_that_censors_arrests(rossi, r, check):
    block = r["first_job"]["one_minus_km_arrest_censored"]
    alone = EventTimes.from_frame(rossi.assign(status=(rossi["status"] == 1).astype(int)), "week", "status")
    check.close(1 - at_times(kaplan_meier(alone), block["times"])["value"], block["value"])


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_ends_and_median_weeks_of_the_first_job(gap, rossi, r, check):
    people, block = held(rossi, gap), r["sustainment"][f"gap{gap}"]
    ends = block["ends"]
    assert people["end"].value_counts().to_dict() == {0: ends["censored"], 1: ends["lost"], 2: ends["arrest"]}
    check.quantiles(EventTimes.from_frame(people, "weeks", "lost"), block["median"])


@pytest.mark.parametrize("gap", [0, 1, 2])
@pytest.mark.parametrize("weeks", [6, 13, 26])
def test_sustained_weeks_of_the_first_job(gap, weeks, rossi, r, check):
    """Lasting m weeks or more is the survival just before week m."""
    people, block = held(rossi, gap), r["sustainment"][f"gap{gap}"][f"wk{weeks}"]
    kept = at_times(kaplan_meier(EventTimes.from_frame(people, "weeks", "lost")), [weeks], before=True).iloc[0]
    wanted = [block[name] for name in ("km_arrest_censored", "se", "lo", "hi")]
    check.close(kept[["value", "se", "lower", "upper"]], wanted)
    times = EventTimes.from_frame(people, "weeks", "end", causes={1: "lost", 2: "arrest"})
    check.close(at_times(kaplan_meier(times), [weeks], before=True)["value"], [block["aj_still_employed"]])
    incidence = at_times(cumulative_incidence(times), [weeks], before=True)["value"]
    check.close(incidence, [block["aj_lost"], block["aj_arrest"]])


def test_kaplan_meier_of_arrests(rossi, r, check):
    check.kaplan_meier(EventTimes.from_frame(rossi, "observed", "arrest"), r["arrest"]["km"])


def test_logrank_of_arrests_also_stratified_by_work_experience(rossi, r, check):
    check.logrank(EventTimes.from_frame(rossi, "observed", "arrest"), "fin", r["arrest"]["logrank_fin"], strata="wexp")
