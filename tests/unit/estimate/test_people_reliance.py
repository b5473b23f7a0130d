from __future__ import annotations

import pandas as pd
import pytest

from evaltools.domain.reliance import GREYED
from evaltools.domain.results import CURVES, ESTIMATES, Results, tidy
from evaltools.estimate.people_reliance import judge_reliance
from evaltools.estimate.proportion import wilson_limits
from evaltools.release.estimates import protect_estimates
from evaltools.release.profile import find_profile

_DAYS = [30.0, 91.0, 183.0]
_STEPS = pd.DataFrame({"day": _DAYS, "at_risk": [200.0, 60.0, 9.0], "events": 1.0, "censored": 0.0})


def _results(**changed: object) -> Results:
    row = {
        "statistic": "cumulative_incidence",
        "definition": "d",
        "outcome": "job_start",
        "group_by": "site",
        "group": "a",
        "value": 0.4,
        "lower": 0.3,
        "upper": 0.5,
        "level": 0.95,
        "denominator": 200,
        "n": 200,
        "events": 40,
        "missing": 0,
        "unit": "person",
    }
    rows = [row | {"estimate_id": f"job.{day:g}d", "horizon": day} | changed for day in (30, 100, 183, 184)]
    curve = _STEPS.assign(curve_id="d.job_start.site", group="a", outcome="job_start", value=0.5)
    return Results(estimates=tidy(rows, ESTIMATES), curves=tidy(curve, CURVES))


def _greyed(results: Results) -> list[bool]:
    return judge_reliance(results).estimates["note"].fillna("").str.startswith(GREYED).tolist()


def test_a_value_of_a_curve_where_few_are_at_risk_is_greyed():
    assert _greyed(_results()) == [False, True, True, True]  # 9 on day 100 and up to 183, nobody after
    judged = judge_reliance(_results())
    assert judged.estimates["note"].iloc[1] == f"{GREYED}too few people at risk on the day"
    assert set(judged.checks["check_id"]) == {"diagnostic.at_risk_floor", "diagnostic.enough_events"}
    assert judged.checks["value"][judged.checks["check_id"].str.endswith("floor")].tolist() == [200, 9, 9, 0]


def test_few_events_are_greyed_and_other_notes_stay():
    judged = judge_reliance(_results(events=9, note="hypothetical")).estimates
    assert judged["note"].iloc[0] == f"{GREYED}too few events; hypothetical"
    assert judge_reliance(_results(events=9), least_events=9).estimates["note"].isna().iloc[0]


def test_a_median_is_judged_on_its_own_day():
    median = {"statistic": "median", "unit": "day", "horizon": None}
    assert _greyed(_results(**median, value=80)) == [False] * 4
    assert _greyed(_results(**median, value=120)) == [True] * 4


@pytest.mark.parametrize("other", [{"statistic": "proportion"}, {"value": None}, {"unit": "hour", "horizon": None}])
def test_only_values_of_times_are_judged(other):
    judged = judge_reliance(_results(**other))
    assert judged.checks.empty
    assert judged.estimates["note"].isna().all()


def test_the_reason_is_whole_after_release():
    judged = judge_reliance(_results(denominator=600, n=600)).estimates
    released = protect_estimates(judged, find_profile("uk-public"), wilson_limits)
    assert released["note"].iloc[1] == f"{GREYED}too few people at risk on the day"
