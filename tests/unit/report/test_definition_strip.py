from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from evaltools.domain.release import Release
from evaltools.domain.results import ESTIMATES, tidy
from evaltools.report.definition_strip import definition_strip


@pytest.fixture
def two(people):
    """The study with engagement under a second definition, lower or the same."""

    def _two(value: float, numerator: float) -> Release:
        row = {
            "definition": "bit_cbo", "outcome": "engaged", "statistic": "proportion", "group_by": "programme",
            "group": "all", "value": value, "lower": value - 0.1, "upper": value + 0.1, "numerator": numerator,
            "denominator": 1925, "denominator_name": "people referred", "level": 0.95,
        }  # fmt: skip
        frame = tidy(pd.concat([people.results.estimates, tidy([row], ESTIMATES)], ignore_index=True), ESTIMATES)
        return Release(replace(people.results, estimates=frame), people.meta)

    return _two


def test_the_headline_is_of_what_moves_most(two):
    page = definition_strip(two(0.4, 770)).text
    assert "Engaged with the service: between 40% and 80%, depending on the definition" in page
    assert 'aria-label="Dot chart with intervals' in page
    assert page.count("MHEP contracts") >= 5


def test_nothing_that_moves_is_said_too(people, without):
    engaged = people.results.estimates[people.results.estimates["outcome"] == "engaged"]
    alone = Release(replace(people.results, estimates=engaged), people.meta)
    assert "No headline can be shown under more than one definition" in definition_strip(alone).text
    twice = pd.concat([engaged, engaged.assign(definition="bit_cbo")], ignore_index=True).astype(engaged.dtypes.to_dict())
    same = Release(replace(people.results, estimates=twice), people.meta)
    assert "No headline moves from one definition to another" in definition_strip(same).text
    assert "is not shown" in definition_strip(without("estimates")).text


def test_the_numbers_travel_along(two):
    (figure,) = definition_strip(two(0.4, 770)).figures
    assert 'Engaged with the service,BIT evaluation,770,"1,925",40%,30% to 50%' in figure.csv
    assert "40% to 80% in two definitions" in figure.alt


def test_one_definition_or_totals_have_no_such_figure(people, totals):
    only = replace(people.meta, definitions={"lcf_mhep": people.meta.definitions["lcf_mhep"]})
    assert definition_strip(Release(people.results, only)) is None
    assert definition_strip(totals) is None
