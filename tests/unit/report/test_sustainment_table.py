from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.domain.reliance import HEADLINE_IS_THE_RANGE
from evaltools.domain.results import ESTIMATES, tidy
from evaltools.report.sustainment_table import sustainment_table


def test_every_definition_and_denominator_is_shown_with_what_is_unknown(people):
    table = sustainment_table(people).text
    assert "BIT evaluation (2016 to 2019)" in table
    for words in ("Job starters followed for 13 weeks whose outcome is known", "All job starters"):
        assert words in table
    assert '<td class="number">390 of 695</td><td class="number">56%</td><td class="number">52% to 60%</td>' in table
    assert '<td class="number">25</td>' in table


def test_nothing_to_show_is_said(without, totals):
    assert "is not shown" in sustainment_table(without("estimates")).text
    assert sustainment_table(totals) is None


def _bounded(people: Release, **limits: float) -> Release:
    row = {
        "definition": "bit_cbo", "outcome": "sustained", "statistic": "bounds", "group_by": "programme", "group": "all",
        "numerator": 105, "denominator": 400, "denominator_name": "job starters followed for 26 weeks", "horizon": 182,
    }  # fmt: skip
    estimates = pd.concat([people.results.estimates, tidy([row | limits], ESTIMATES)], ignore_index=True)
    return Release(replace(people.results, estimates=tidy(estimates, ESTIMATES)), people.meta)


def test_bounds_over_everybody_followed_are_shown(people):
    table = sustainment_table(_bounded(people, lower=0.2625, upper=0.425, missing=65)).text
    assert (
        '<th scope="row">Range, if nobody / everybody out of contact kept the job</th>'
        '<td class="number">of 400 followed</td><td class="number">26% to 42%</td><td class="number">–</td>'
        '<td class="number">65</td>'
    ) in table


def test_hidden_bounds_and_hidden_unknowns_are_marked(people):
    table = sustainment_table(_bounded(people)).text
    assert '<td class="number">[c]</td><td class="number">–</td><td class="number">[c]</td>' in table
    assert "[c]: Counts of 1 to 9" in table


def _more(people: Release, *rows: dict[str, object]) -> Release:
    estimates = pd.concat([people.results.estimates, tidy(rows, ESTIMATES)], ignore_index=True)
    return Release(replace(people.results, estimates=tidy(estimates, ESTIMATES)), people.meta)


AT = {
    "definition": "bit_cbo", "outcome": "sustained", "group_by": "programme", "group": "all", "horizon": 182, "missing": 110,
    "denominator": 400, "denominator_name": "job starters followed for 26 weeks",
}  # fmt: skip


def test_definitions_and_lengths_are_headings(people):
    table = sustainment_table(people).text
    heading = '<tr class="group"><th scope="rowgroup" colspan="5">Kept for 6 weeks: BIT evaluation (2016 to 2019)</th></tr>'
    assert table.count(heading) == 1


def test_verified_evidence_and_the_interval_of_the_range_stand_beside_the_share(people):
    bounds = AT | {"statistic": "bounds", "lower": 0.26, "upper": 0.53}
    around = AT | {"statistic": "bounds_interval", "term": "also: followed", "lower": 0.22, "upper": 0.58}
    verified = AT | {"statistic": "proportion", "term": "also: validated", "numerator": 40, "value": 0.1}
    table = sustainment_table(_more(people, bounds, around, verified)).text
    assert "26% to 53%</td>" in table
    assert "22% to 58%</td>" in table
    assert "Job starters followed for 26 weeks, kept with verified evidence" in table
    assert "40 of 400" in table


def test_where_many_were_lost_the_range_stands_first(people):
    known = AT | {"statistic": "proportion", "numerator": 105, "value": 0.36, "note": HEADLINE_IS_THE_RANGE}
    known |= {"denominator": 290, "denominator_name": "job starters followed for 26 weeks whose outcome is known"}
    bounds = AT | {"statistic": "bounds", "lower": 0.26, "upper": 0.53, "note": HEADLINE_IS_THE_RANGE}
    table = sustainment_table(_more(people, known, bounds)).text
    assert table.index("Headline, because so many were out of contact") < table.index("26 weeks whose outcome is known")


def test_a_definition_without_a_rule_is_named(people):
    meta = replace(people.meta, definitions={**people.meta.definitions, "nhse": {"title": "NHS England dashboard"}})
    assert "No rule for work kept: NHS England dashboard." in sustainment_table(Release(people.results, meta)).text
