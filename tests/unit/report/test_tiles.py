from __future__ import annotations

import re
from dataclasses import replace

from evaltools.domain.release import Release
from evaltools.report.tiles import Tile, nearest, tiles


def shown(release):
    return [re.sub("<[^>]+>", "|", tile) for tile in re.findall("<li>.*?</li>", tiles(release).text)]


def test_four_headline_numbers_of_people(people):
    made = shown(people)
    assert len(made) == 4
    assert "1,925" in made[0]
    assert "started a first job within 12 months" in made[1]
    assert "of 1,540 people engaged; 95% interval 36% to 40%" in made[1]
    assert "Not reached" in made[2]
    assert "390 of 695 job starters followed for 13 weeks" in made[3]


def test_headline_numbers_of_totals(totals):
    made = shown(totals)
    assert "831 of 2,610 people engaged; 95% interval 30.1% to 33.7%" in made[0]
    assert "£4,931,545" in made[2]
    assert "£5,934 for each job start" in made[2]


def test_a_median_that_was_reached(people):
    estimates = people.results.estimates.copy()
    median = (estimates["statistic"] == "median").fillna(False)
    estimates.loc[median, ["value", "lower", "upper"]] = [426, 390, 450]
    assert "426 days" in shown(Release(replace(people.results, estimates=estimates), people.meta))[2]


def test_a_hidden_number_says_why(hidden):
    assert "[c]" in shown(hidden)[2]
    assert "fewer than 10 people" in shown(hidden)[2]


def test_a_release_without_any_of_them_has_no_tiles(without):
    assert tiles(without("estimates", "counts")) is None


def test_long_values_are_set_smaller():
    assert 'class="value long"' in Tile("Not reached", "", "").block().text


def test_nearest_horizon():
    found = [{"horizon": None}, {"horizon": 42}, {"horizon": 182}]
    assert nearest(found, 91)["horizon"] == 42
    assert nearest([], 91) is None
