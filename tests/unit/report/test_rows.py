from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.domain.results import ESTIMATES, Results, tidy
from evaltools.report.rows import by_horizon, decimals, headline, in_order, one, outcomes, picked, picked_rows, rows


def test_rows_are_those_of_the_headline_definition(people):
    assert headline(people) == "lcf_mhep"
    assert {row["definition"] for row in rows(people)} == {"lcf_mhep"}
    assert {row["definition"] for row in rows(people, definition="bit_cbo")} == {"bit_cbo"}


def test_studies_of_totals_need_no_definition(people):
    frame = tidy([{"outcome": "a", "statistic": "proportion", "value": 0.5}], ESTIMATES)
    assert outcomes(Release(Results(frame), people.meta)) == ["a"]


def test_further_readings_come_only_when_their_term_is_asked_for(people):
    frame = people.results.estimates
    first = frame[frame["definition"] == headline(people)].iloc[[0]]
    more = Release(replace(people.results, estimates=pd.concat([frame, first.assign(term="also: of others")])), people.meta)
    assert rows(more) == rows(people)
    assert [row["term"] for row in rows(more, term="also: of others")] == ["also: of others"]


def test_missing_values_are_none(hidden):
    assert one(hidden, group="lambeth")["value"] is None
    assert one(hidden, outcome="nothing") is None


def test_missing_cells_are_never_picked():
    frame = pd.DataFrame({"a": pd.array(["x", pd.NA], dtype="string")})
    assert len(picked(frame, a="x")) == 1


def test_public_figures_have_one_decimal_and_rounded_ones_none(people, totals):
    row = {"denominator": 400.0, "n": None}
    assert decimals(totals, row) == 1
    assert decimals(people, row) == 0
    assert decimals(people, row | {"denominator": 10_000.0}) == 1
    assert decimals(people) == 0


def test_the_first_denominator_is_the_one_that_counts(people):
    kept = by_horizon(rows(people, outcome="sustained", group="all", statistic="proportion"))
    assert [row["horizon"] for row in kept] == [42, 91]
    assert all("followed" in row["denominator_name"] for row in kept)


def test_sites_stand_in_the_order_of_the_study(people):
    meta = replace(people.meta, sites=dict(reversed(people.meta.sites.items())))
    found = rows(people, outcome="job_start", statistic="proportion")
    groups = [row["group"] for row in in_order(Release(people.results, meta), found)]
    assert groups == [*meta.sites, "all"]


def test_picked_rows_hold_further_readings_too(people):
    found = picked_rows(people, outcome="sustained", group="all", definition="bit_cbo", statistic="proportion")
    assert [row["horizon"] for row in found] == [42, 91]
    further = people.results.estimates.assign(term="also: another")
    more = Release(replace(people.results, estimates=further.astype(people.results.estimates.dtypes.to_dict())), people.meta)
    assert rows(more, outcome="engaged") == []
    assert len(picked_rows(more, outcome="engaged")) == len(rows(people, outcome="engaged"))
