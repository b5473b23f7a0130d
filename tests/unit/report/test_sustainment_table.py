from __future__ import annotations

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
