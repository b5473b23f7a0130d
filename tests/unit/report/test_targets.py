from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest

from evaltools.domain.release import Release
from evaltools.report.targets import _ticks, target_decomposition, target_table


def test_achieved_stands_with_its_target(totals):
    table = target_table(totals).text
    assert '58%<span class="line">219 of 379</span>' in table
    assert '87%<span class="line">2,610 of 2,987</span>' in table


def test_the_parts_multiply_to_the_whole(totals):
    page = target_decomposition(totals)
    assert [figure.name for figure in page.figures] == ["targets-job-start"]
    assert "Haringey and Barnet 58% = 88% × 66%" in page.text
    assert "Haringey and Barnet,57.8%,88.1%,65.6%" in page.figures[0].csv


def test_the_headline_follows_from_the_numbers(totals):
    assert "Started a job: every site fell short of its target" in target_decomposition(totals).text
    estimates = totals.results.estimates.copy()
    met = (estimates["statistic"] == "achieved_over_target") & (estimates["term"] == "total")
    estimates.loc[met & (estimates["group"] != "enfield"), "value"] = 1.2
    one = Release(replace(totals.results, estimates=estimates), totals.meta)
    assert "Started a job: Enfield fell short of target" in target_decomposition(one).text
    estimates.loc[met, "value"] = 1.2
    assert (
        "no site fell short" in target_decomposition(Release(replace(totals.results, estimates=estimates), totals.meta)).text
    )


def test_a_target_that_cannot_be_compared_is_marked(totals):
    estimates = totals.results.estimates.copy()
    lost = ((estimates["statistic"] == "achieved_over_target") & (estimates["group"] == "enfield")).fillna(False)
    estimates.loc[lost, "value"] = None
    covered = Release(replace(totals.results, estimates=estimates), totals.meta)
    assert '<th scope="row">Enfield</th><td class="number">[x]</td>' in target_table(covered).text


def test_studies_without_targets_have_neither(people):
    assert target_table(people) is None
    assert target_decomposition(people) is None


@pytest.mark.parametrize("inches", [1.2, 1.35, 2.0, 4.0])
@pytest.mark.parametrize(("left", "right"), [(0.45, 1.3), (0.45, 2.2), (0.3, 1.3), (0.15, 4.0), (0.15, 27.2)])
def test_every_panel_has_two_ticks_or_more_that_stand_apart(inches, left, right):
    ticks = _ticks(left, right, inches)
    assert len(ticks) >= 2
    assert 1 in ticks
    assert all(left <= tick <= right for tick in ticks)
    gaps = [inches * math.log(b / a) / math.log(right / left) for a, b in itertools.pairwise(ticks)]
    assert min(gaps) >= 0.4
