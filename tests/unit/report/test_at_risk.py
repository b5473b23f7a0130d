from __future__ import annotations

from evaltools.report.at_risk import at_risk
from evaltools.report.timescale import timescale

MONTHS = timescale([365], 730)


def test_people_at_risk_are_a_table_with_headers(people):
    table = at_risk(people, "job_start", "programme", "People still followed", MONTHS).text
    assert '<th scope="col" class="number">12 months</th>' in table
    assert '<th scope="row">All sites</th><td class="number">1,540</td>' in table
    assert "People still followed</span></caption>" in table


def test_hidden_counts_are_marked_and_explained(hidden):
    table = at_risk(hidden, "job_start", "site", "People still followed", MONTHS).text
    assert '<th scope="row">Lambeth</th><td class="number">[c]</td>' in table
    assert "[c]: Counts of 1 to 9 people are not shown" in table


def test_nothing_when_the_release_holds_no_such_counts(totals):
    assert at_risk(totals, "job_start", "programme", "", MONTHS) is None
