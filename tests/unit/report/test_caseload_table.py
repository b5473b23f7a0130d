from __future__ import annotations

from dataclasses import replace

import pandas as pd

from evaltools.domain.release import Release
from evaltools.domain.results import ESTIMATES, tidy
from evaltools.report.caseload_table import caseload_table


def _row(group: str, **more: object) -> dict[str, object]:
    by = "programme" if group == "all" else "site"
    return {"definition": "lcf_mhep", "outcome": "caseload", "group_by": by, "group": group, "denominator": 7925, **more}


def _with(people: Release, *rows: dict[str, object]) -> Release:
    frame = tidy(pd.concat([people.results.estimates, tidy(rows, ESTIMATES)], ignore_index=True), ESTIMATES)
    return Release(replace(people.results, estimates=frame), people.meta)


def _rate(group: str, value: float) -> dict[str, object]:
    rate = {"outcome": "starts_per_client_month", "statistic": "rate", "value": value, "numerator": 570}
    return _row(group) | rate | {"denominator": 12450}


ROWS = (
    _row("all", statistic="mean", value=21, missing=12920),
    _row("all", statistic="share_of_days", term="20 or fewer", value=0.74),
    _row("all", statistic="share_of_days", term="above 20", value=0.26),
    _row("enfield", statistic="mean", note="not shown: fewer than 10 people, or too few to give a share"),
    _rate("all", 0.0458),
    _rate("enfield", 0.0512),
)


def test_mean_bands_and_first_jobs_stand_in_a_row(people):
    table = caseload_table(_with(people, *ROWS)).text
    assert '21<span class="line">in 7,925 full-time days</span>' in table
    assert '4.6<span class="line">570 in 12,450</span>' in table
    assert "74%" in table
    assert "Above 20" not in table
    assert "Left out are 12,920 days of posts whose hours are not known." in table


def test_what_is_hidden_is_marked_and_explained(people):
    table = caseload_table(_with(people, *ROWS)).text
    assert '<th scope="row">Enfield</th><td class="number">[c]</td>' in table
    assert "[c]: fewer than 10 people" in table


def test_nothing_released_no_table(people, totals):
    assert caseload_table(_with(people, *ROWS[3:])) is None
    assert caseload_table(people) is None
    assert caseload_table(totals) is None
