from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.domain.results import ESTIMATES, tidy
from evaltools.report.denominator_table import denominator_table


def _with(people: Release, *rows: dict[str, object]) -> Release:
    at = {"definition": "lcf_mhep", "statistic": "proportion", "group_by": "programme", "group": "all"}
    more = tidy([at | row for row in rows], ESTIMATES)
    frame = tidy(pd.concat([people.results.estimates, more], ignore_index=True), ESTIMATES)
    return Release(replace(people.results, estimates=frame), people.meta)


READINGS = (
    {"outcome": "job_start", "term": "also: of people referred", "denominator_name": "people referred", "value": 0.25}
    | {"numerator": 480, "denominator": 1925, "lower": 0.23, "upper": 0.27},
    {"outcome": "sustained", "term": "also: any spell", "horizon": 91, "denominator_name": "job starters followed"}
    | {"note": "not shown: fewer than 10 people apart from another figure"},
    {"outcome": "hours_16", "term": "also: exactly 16, at start", "denominator_name": "starters", "value": 0.2},
    {"outcome": "hours_16", "term": "also: at the milestone", "horizon": 42, "denominator_name": "keepers", "value": 0.2},
)


def test_each_reading_says_of_whom_it_is_a_share(people):
    table = denominator_table(_with(people, *READINGS)).text
    for words in ("People engaged", "People referred", "480 of 1,925", "All job starters"):
        assert words in table
    assert table.index("People engaged") < table.index("480 of 1,925")
    assert "by the rules of the MHEP contracts" in table


def test_hidden_readings_are_marked_and_explained(people):
    table = denominator_table(_with(people, *READINGS)).text
    assert "Job starters followed, kept in any employment spell</th>" in table
    assert "[c]: fewer than 10 people apart from another figure." in table


def test_parts_of_another_question_are_left_out(people):
    table = denominator_table(_with(people, *READINGS)).text
    assert "Starters</th>" not in table
    assert "Keepers" not in table


def test_a_study_without_other_readings_has_none(people, totals):
    assert denominator_table(people) is None
    assert denominator_table(totals) is None
