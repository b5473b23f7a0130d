from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.report.flow_table import flow, flow_table


def test_steps_are_those_of_the_headline_definition(people):
    assert flow(people)["all", "referred"] == 1925


def test_steps_of_other_definitions_are_left_out(people):
    more = pd.DataFrame([{"table_id": "flow", "row": "all", "column": "bit_cbo.referred", "n": 1.0}])
    counts = pd.concat([people.results.counts, more.astype(people.results.counts.dtypes.to_dict())])
    assert flow(Release(replace(people.results, counts=counts), people.meta)) == flow(people)


def test_steps_that_say_nothing_are_left_out(people):
    table = flow_table(people).text
    assert "In scope" not in table
    assert "Start not known" not in table
    assert "Kept it 13 weeks" in table


def test_people_kept_are_of_those_followed(people):
    followed = pd.DataFrame([{"table_id": "flow", "row": "all", "column": "lcf_mhep.followed_13", "n": 600.0}])
    counts = pd.concat([people.results.counts, followed.astype(people.results.counts.dtypes.to_dict())])
    table = flow_table(Release(replace(people.results, counts=counts), people.meta)).text
    assert '385<span class="line">of 600 followed</span>' in table


def test_hidden_counts_are_marked(hidden):
    assert '<th scope="row">Lambeth</th><td class="number">[c]</td>' in flow_table(hidden).text


def test_a_missing_flow_is_said(without, totals):
    assert "is not shown" in flow_table(without("counts")).text
    assert flow_table(totals) is None
