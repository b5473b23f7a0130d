from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.report.hours import hours


def test_hours_have_a_denominator_and_what_is_unknown(people):
    text = hours(people).text
    assert "495 of 685 job starters with known hours (72%; 95% interval 69% to 75%) worked 16 hours" in text
    assert "Hours are not known for 20 job starters." in text
    assert "figure:sites-hours-16" in text


def test_no_hours_known_is_said(people):
    estimates = people.results.estimates.copy()
    estimates.loc[(estimates["outcome"] == "hours_16").astype(bool), "denominator"] = 0
    assert "is not shown" in hours(Release(replace(people.results, estimates=estimates), people.meta)).text


def test_studies_of_totals_have_no_hours(totals, without):
    assert hours(totals) is None
    assert hours(without("estimates")) is None


def test_a_hidden_number_of_unknown_hours_is_said(people):
    estimates = people.results.estimates.copy()
    estimates["missing"] = pd.NA
    page = hours(Release(replace(people.results, estimates=estimates), people.meta)).text
    assert "For some job starters it is not known (number not shown)." in page
