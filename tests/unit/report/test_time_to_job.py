from __future__ import annotations

from dataclasses import replace

from evaltools.domain.release import Release
from evaltools.report.time_to_job import people_followed, time_to_job


def test_headline_subtitle_and_description_come_from_the_numbers(people):
    page = time_to_job(people).text
    assert "46% of the people engaged had started a first job within 24 months" in page
    assert (
        "Share of 1,540 people engaged who had started a first job, or left without one, by months since engagement" in page
    )
    assert 'aria-label="Line chart of 1,540 people engaged' in page
    assert "Straight lines join the points that are released" in page
    assert "People still followed" in page


def test_a_median_makes_the_headline(people):
    estimates = people.results.estimates.copy()
    estimates.loc[(estimates["statistic"] == "median").fillna(False), "value"] = 426
    page = time_to_job(Release(replace(people.results, estimates=estimates), people.meta)).text
    assert "Half of the people engaged had started a first job within 426 days" in page


def test_a_missing_curve_is_said_and_totals_have_none(without, totals):
    assert "is not shown" in time_to_job(without("curves")).text
    assert time_to_job(totals) is None


def test_a_curve_without_its_estimate_is_still_drawn(without):
    assert "Share of people engaged" in time_to_job(without("estimates")).text


def test_people_are_counted_where_the_count_is_known():
    assert people_followed({"denominator": None, "n": None, "denominator_name": None}) == "people engaged"
