from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.report.data_used import data_used, quality_sentence


def test_every_row_is_accounted_for(people):
    assert quality_sentence(people).startswith("1,925 of 2,165 rows of data were used; 90 were merged with another row")
    assert "1 file could not be read" in quality_sentence(people)


def test_each_site_has_its_row_and_the_total_is_last(people):
    table = data_used(people).text
    assert '<th scope="row">Enfield</th><td class="number">3</td><td class="number">0</td>' in table
    assert table.rindex("Total") > table.rindex("Lambeth")


def test_totals_are_added_when_the_release_does_not_hold_them(people):
    counts = people.results.counts
    sites = counts[(counts["row"] != "all").astype(bool)]
    assert quality_sentence(Release(replace(people.results, counts=sites), people.meta)) == quality_sentence(people)


def test_hidden_totals_are_marked(people):
    counts = people.results.counts.copy()
    counts["n"] = pd.NA
    covered = Release(replace(people.results, counts=counts), people.meta)
    assert quality_sentence(covered) == (
        "[c] of [c] rows of data were used; some (number not shown) were merged with another row about the same person "
        "or job; some (number not shown) were set aside, each with its reason. "
        "Some files could not be read (number not shown)."
    )
    assert "[c]: Counts of 1 to 9" in data_used(covered).text


def test_nothing_is_said_when_nothing_is_known(without):
    assert quality_sentence(without("counts")) == ""
    assert data_used(without("counts")) is None


def test_a_release_that_counts_no_files_says_nothing_of_them(people):
    counts = people.results.counts
    rows = counts[(counts["table_id"] != "files").astype(bool)]
    assert "file" not in quality_sentence(Release(replace(people.results, counts=rows), people.meta))
