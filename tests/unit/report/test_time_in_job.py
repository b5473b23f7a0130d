from __future__ import annotations

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
