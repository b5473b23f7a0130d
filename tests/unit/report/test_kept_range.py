from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from evaltools.domain.release import Release
from evaltools.domain.reliance import HEADLINE_IS_THE_RANGE
from evaltools.domain.results import ESTIMATES, tidy
from evaltools.report.definition_strip import definition_strip
from evaltools.report.definition_table import definition_table
from evaltools.report.findings import findings
from evaltools.report.kept_range import followed_words, kept_range
from evaltools.report.rows import one
from evaltools.report.tiles import tiles


@pytest.fixture
def lost(people):
    """The study with so many out of contact at 13 weeks that the range is the headline."""
    estimates = people.results.estimates.copy()
    at = {"definition": "lcf_mhep", "outcome": "sustained", "group_by": "programme", "group": "all", "horizon": 91}
    rows = (estimates[list(at)].astype(object) == pd.Series(at)).all(axis=1) & estimates["term"].isna()
    estimates.loc[rows, "note"] = HEADLINE_IS_THE_RANGE
    bounds = at | {
        "statistic": "bounds", "lower": 0.39, "upper": 0.63, "numerator": 390, "denominator": 1000, "missing": 240,
        "denominator_name": "job starters followed for 13 weeks", "note": HEADLINE_IS_THE_RANGE,
    }  # fmt: skip
    frame = tidy(pd.concat([estimates, tidy([bounds], ESTIMATES)], ignore_index=True), ESTIMATES)
    return Release(replace(people.results, estimates=frame), people.meta)


def test_the_range_leads_where_the_estimate_says_so(lost, people):
    at = {"outcome": "sustained", "statistic": "proportion", "horizon": 91, "group_by": "programme"}
    assert kept_range(people, one(people, **at)) is None
    bounds = kept_range(lost, one(lost, **at))
    assert (bounds["lower"], bounds["upper"]) == (0.39, 0.63)
    assert followed_words(bounds) == "1,000 job starters followed for 13 weeks; 240 of them were out of contact"


def test_findings_and_tiles_give_the_range_and_not_the_share(lost):
    said = findings(lost).text
    assert "Between 39% and 63% of 1,000 job starters followed for 13 weeks; 240 of them were out of contact" in said
    assert "whose outcome is known (56%" not in said.split("for 13 weeks cannot")[0].split("Between 39%")[1]
    assert "39% to 63%" in tiles(lost).text
    assert "possible range, of 1,000 job starters" in tiles(lost).text


def test_a_hidden_range_leads_nothing(lost):
    estimates = lost.results.estimates.copy()
    estimates.loc[(estimates["statistic"] == "bounds").astype(bool), ["lower", "upper"]] = pd.NA
    hidden = Release(replace(lost.results, estimates=estimates), lost.meta)
    at = {"outcome": "sustained", "statistic": "proportion", "horizon": 91, "group_by": "programme"}
    assert kept_range(hidden, one(hidden, **at)) is None


def test_the_page_on_definitions_gives_the_range_too(lost):
    assert "39% to 63% possible" in definition_table(lost).text
    assert "39% to 63% possible" in definition_strip(lost).text
