from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.report.site_comparison import compare_sites, site_comparison


def test_headline_note_and_description_come_from_the_numbers(totals):
    page = site_comparison(totals, "sustained_13").text
    assert "Kept a job for 13 weeks: sites differ by more than chance alone would produce" in page
    assert "Enfield 56 of 84 (66.7%)" in page
    assert "chi-squared 12.26 on 3 degrees of freedom, p = 0.0065" in page


def test_studies_of_totals_show_every_outcome_and_studies_of_people_first_jobs(totals, people):
    assert [figure.name for figure in compare_sites(totals).figures] == ["sites-job-start", "sites-sustained-13"]
    assert [figure.name for figure in compare_sites(people).figures] == ["sites-job-start"]


def test_hidden_sites_are_named_with_the_reason(hidden):
    page = site_comparison(hidden, "job_start").text
    assert "[c]: fewer than 10 people" in page
    assert "Lambeth [c]" in page


def test_an_impossible_share_is_said_and_not_drawn(totals):
    estimates = totals.results.estimates.copy()
    odd = ((estimates["group"] == "enfield") & (estimates["outcome"] == "job_start")).fillna(False)
    estimates.loc[odd & (estimates["statistic"] == "proportion"), ["value", "lower", "upper"]] = [1.48, pd.NA, pd.NA]
    page = site_comparison(Release(replace(totals.results, estimates=estimates), totals.meta), "job_start").text
    assert "Not drawn, because the published figures contradict each other: Enfield." in page


def test_without_a_test_the_headline_is_the_range(people):
    estimates = people.results.estimates
    untested = Release(replace(people.results, estimates=estimates[estimates["statistic"] != "chi2"]), people.meta)
    assert "Started a first job: between 36% and 56%, depending on the site" in site_comparison(untested, "job_start").text


def test_everything_hidden_is_said(people):
    estimates = people.results.estimates.copy()
    estimates["value"] = pd.NA
    page = site_comparison(Release(replace(people.results, estimates=estimates), people.meta), "job_start").text
    assert "every site's share is hidden" in page.replace("&#x27;", "'")


def test_one_site_is_no_comparison(people, without):
    alone = Release(people.results, replace(people.meta, sites={"enfield": "Enfield"}))
    assert site_comparison(alone, "job_start") is None
    assert compare_sites(alone) is None
    assert "is not shown" in site_comparison(without("estimates"), "job_start").text


def test_a_long_name_of_the_programme_is_shortened_in_the_picture(totals):
    named = Release(totals.results, replace(totals.meta, programme="The four services for severe mental illness"))
    page = site_comparison(named, "job_start")
    assert "Programme 31.8%" in page.figures[0].svg
    assert "Vertical line: The four services for severe mental illness." in page.text
