from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from evaltools.domain.release import Release
from evaltools.report.flow_table import flow_table
from evaltools.report.participant_flow import participant_flow

STEPS = {
    "enrolments": 2000, "less_again": 75, "accepted": 1925, "less_waiting": 0, "less_left_before": 20,
    "less_not_engaged_yet": None, "followed_13": 600, "ended_13": 200, "less_too_recent_13": 30,
}  # fmt: skip


@pytest.fixture
def more(people):
    """The release with steps of the participant flow."""
    rows = [{"table_id": "flow", "row": "all", "column": f"lcf_mhep.{step}", "n": n} for step, n in STEPS.items()]
    counts = people.results.counts
    return Release(
        replace(people.results, counts=pd.concat([counts, pd.DataFrame(rows).astype(counts.dtypes.to_dict())])), people.meta
    )


def test_every_step_has_its_words(more):
    table = participant_flow(more).text
    for words in ("Rows sent", "Referrals recorded", "– referred again", "Accepted", "– left before they engaged"):
        assert f'<th scope="row">{words}</th>' in table
    assert '<th scope="row">– started less than 13 weeks before the end of the data</th>' in table
    assert table.index("Followed for 13 weeks") < table.index("ended before 13 weeks") < table.index("Kept it 13 weeks")


def test_reasons_that_nobody_had_are_left_out_and_hidden_ones_are_not(more):
    table = participant_flow(more).text
    assert "waiting for a decision" not in table
    assert "not engaged yet" in table
    assert "[c]" in table


def test_reasons_are_not_columns_of_the_short_table(more):
    table = flow_table(more).text
    assert "less" not in table
    assert "ended" not in table
    assert "Accepted" not in table


def test_a_missing_flow_is_said(people, totals):
    assert "is not shown" in participant_flow(people).text
    assert participant_flow(totals) is None
