from __future__ import annotations

from evaltools.report.checks_table import checks_table, contradictions


def test_contradictions_are_shown_first_and_what_is_well_is_left_out(totals):
    table = checks_table(totals).text
    assert "£1,568,319 was paid, more than the maximum of £1,439,148." in table
    assert table.index("Contradiction") < table.index("<td>Note</td>")
    assert "Payments are below" not in table
    assert "Haringey and Barnet" in table


def test_only_contradictions_are_counted(totals):
    assert contradictions(totals) == 2


def test_no_table_when_all_is_well(people):
    assert checks_table(people) is None
