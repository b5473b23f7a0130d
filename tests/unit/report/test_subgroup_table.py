from __future__ import annotations

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
