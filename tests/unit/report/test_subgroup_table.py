from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.domain.results import ESTIMATES, tidy
from evaltools.report.subgroup_table import subgroup_tables


def test_each_subgroup_has_its_counts_under_each_service(totals):
    table = subgroup_tables(totals).text
    assert "47 of 134 (35.1%)" in table
    assert "37 of 114 (32.5%)" in table
    assert "Started a job, by ethnicity: share of people served" in table


def test_the_test_and_its_verdict_stand_below(totals):
    table = subgroup_tables(totals).text
    assert 'Chi-squared 2.5 on 4 df<span class="line">p = 0.640</span>' in table
    assert "Haringey and Barnet: there is no clear evidence that groups differ." in table
    assert "Enfield: groups differ by more than chance alone would produce." in table


def test_no_subgroups_no_table(people):
    assert subgroup_tables(people) is None


def test_groups_of_people_have_a_row_each_in_plain_words(people):
    sizes = {"3 years or more": 500, "in work": 170, "under 1 year": 600, "unknown": 140, "1 to 2 years": 480}
    rows = [
        {
            "definition": "lcf_mhep", "outcome": "job_start", "statistic": "proportion", "group_by": "time_out_of_work",
            "group": group, "value": 0.3, "lower": 0.25, "upper": 0.35, "numerator": 0.3 * size, "denominator": size,
            "denominator_name": "people engaged and in scope, of this group", "population": "people",
        }
        for group, size in sizes.items()
    ]  # fmt: skip
    frame = tidy(pd.concat([people.results.estimates, tidy(rows, ESTIMATES)], ignore_index=True), ESTIMATES)
    table = subgroup_tables(Release(replace(people.results, estimates=frame), people.meta)).text
    assert "Started a first job, by time out of work when referred" in table
    names = ["Under 1 year", "1 to 2 years", "3 years or more", "In work when referred", "Not known"]
    places = [table.index(f'<th scope="row">{name}</th>') for name in names]
    assert places == sorted(places)
    assert '<td class="number">600</td><td class="number">180</td><td class="number">30%</td>' in table
