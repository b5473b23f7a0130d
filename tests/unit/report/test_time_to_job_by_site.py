from __future__ import annotations

from dataclasses import replace

from evaltools.domain.release import Release
from evaltools.report.time_to_job_by_site import time_to_job_by_site


def test_every_site_has_its_panel_and_its_words(people):
    page = time_to_job_by_site(people)
    assert "By 18 months, between 33% and 51% of people had started a first job, depending on the site" in page.text
    for name in people.meta.sites.values():
        assert name in page.text


def test_sites_that_are_not_shown_are_named(hidden):
    assert "Not shown, because there are too few people or events: Lambeth." in time_to_job_by_site(hidden).text


def test_no_curves_of_sites_is_said(without, totals, people):
    assert "is not shown" in time_to_job_by_site(without("curves")).text
    assert time_to_job_by_site(totals) is None
    assert time_to_job_by_site(Release(people.results, replace(people.meta, sites={"enfield": "Enfield"}))) is None
