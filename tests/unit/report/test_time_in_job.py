from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.domain.results import CURVES, ESTIMATES, tidy
from evaltools.report.time_in_job import time_in_job


def test_headline_and_description_come_from_the_curve(people):
    page = time_in_job(people).text
    assert "80% of people were still in their first job after 13 weeks" in page
    assert (
        'aria-label="Line chart of job starters by time since the first job began. Still in the first job: 80% by 13 weeks'
        in page
    )
    assert "People still in their first job and still followed" in page


def test_a_missing_curve_is_said(without, totals):
    assert "is not shown: </b>the release holds no curve" in time_in_job(without("curves")).text
    assert time_in_job(totals) is None


def test_the_figure_says_what_the_estimate_says(people):
    row = {
        "definition": "lcf_mhep", "outcome": "job_held", "statistic": "survival", "group_by": "programme", "group": "all",
        "horizon": 91, "value": 0.77, "lower": 0.7, "upper": 0.83, "denominator": 360, "denominator_name": "job starters",
    }  # fmt: skip
    estimates = tidy(pd.concat([people.results.estimates, tidy([row], ESTIMATES)]), ESTIMATES)
    page = time_in_job(Release(replace(people.results, estimates=estimates), people.meta)).text
    assert "77% of people were still in their first job after 13 weeks" in page
    assert '<td class="number">77%</td><td class="number">70% to 83%</td>' in page
    assert "80%" not in page.split("<svg")[0]


def test_a_job_that_ends_on_day_182_has_lasted_26_weeks(people):
    curve = {"curve_id": "lcf_mhep.job_held.programme", "outcome": "job_held", "group": "all"}
    steps = [curve | {"day": day, "value": value} for day, value in ((42, 0.6), (91, 0.4), (182, 0.3))]
    exact = Release(replace(people.results, curves=tidy(steps, CURVES)), replace(people.meta, profile="open"))
    page = time_in_job(exact).text
    assert '26 weeks</td><td class="number">40%</td>' in page
    assert "followed to the last day on which they are known to be held" in page
