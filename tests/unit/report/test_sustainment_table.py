from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
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
        "<td>If nobody / everybody out of contact kept the job</td>"
        '<td class="number">of 400 followed</td><td class="number">26% to 42%</td><td class="number">–</td>'
        '<td class="number">65</td>'
    ) in table


def test_hidden_bounds_and_hidden_unknowns_are_marked(people):
    table = sustainment_table(_bounded(people)).text
    assert '<td class="number">[c]</td><td class="number">–</td><td class="number">[c]</td>' in table
    assert "[c]: Counts of 1 to 9" in table
