from __future__ import annotations

from dataclasses import replace

from evaltools.domain.release import Release
from evaltools.report.definition_table import definition_table


def test_every_headline_is_a_heading_and_every_share_says_of_whom(people):
    table = definition_table(people).text
    assert '<th scope="rowgroup" colspan="5">Started a first job</th>' in table
    assert "<td>people engaged</td>" in table
    assert "MHEP contracts" in table
    assert "390 of 695" in table


def test_hidden_shares_are_explained(hidden):
    assert "[c]" not in definition_table(hidden).text  # the programme's are all shown


def test_one_definition_or_totals_have_no_such_table(people, totals, without):
    only = replace(people.meta, definitions={"lcf_mhep": people.meta.definitions["lcf_mhep"]})
    assert definition_table(Release(people.results, only)) is None
    assert definition_table(totals) is None
    assert definition_table(without("estimates")) is None
