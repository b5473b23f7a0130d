from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.domain.results import ESTIMATES, tidy
from evaltools.report.site_table import site_table


def test_each_cell_holds_share_interval_and_counts(totals):
    table = site_table(totals).text
    assert '31.1% (27.8% to 34.6%)<span class="line">219 of 704</span>' in table
    assert '52.0% (48.6% to 55.4%)<span class="line">432 of 831</span>' in table


def test_people_engaged_stand_first_in_studies_of_people(people):
    assert '<th scope="row">Enfield</th><td class="number">250</td>' in site_table(people).text


def test_every_denominator_is_named(people):
    assert (
        "kept the first job for 13 weeks: of job starters followed for 13 weeks whose outcome is known"
        in site_table(people).text
    )


def test_hidden_cells_are_marked_and_explained(hidden):
    table = site_table(hidden).text
    assert '<th scope="row">Lambeth</th><td class="number">[c]</td>' in table
    assert "<p>[c]: fewer than 10 people" in table


def test_a_site_without_any_outcome_is_left_out(totals):
    more = Release(totals.results, replace(totals.meta, sites={**totals.meta.sites, "first": "Haringey, first phase"}))
    assert "first phase" not in site_table(more).text


def test_one_site_has_no_table_of_sites(people):
    assert site_table(Release(people.results, replace(people.meta, sites={"enfield": "Enfield"}))) is None


def test_only_the_main_outcomes_have_a_column(people):
    extra = {"definition": "lcf_mhep", "statistic": "proportion", "group_by": "site", "group": "enfield", "value": 0.5}
    rows = [extra | {"outcome": outcome, "denominator_name": "people"} for outcome in ("evidence", "first_contact")]
    frame = tidy(pd.concat([people.results.estimates, tidy(rows, ESTIMATES)], ignore_index=True), ESTIMATES)
    table = site_table(Release(replace(people.results, estimates=frame), people.meta)).text
    assert table == site_table(people).text
