from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from evaltools.clean.judge_rules import JUDGED, judge_rules, judge_tables, rejudged
from evaltools.domain.harmonised import FINDINGS, Harmonised
from evaltools.schema.table import Schema
from evaltools.schema.thresholds import Thresholds

CUT = date(2024, 12, 31)
CLIENTS = "Client ID,Sex,Referred,Closed\nA1,F,01/02/2020,\nA2,F,01/02/2020,\n"
JOBS = "Client ID,Start,End,Hours\nA1,01/03/2020,01/06/2020,70\nA2,01/03/2020,01/06/2020,16\nA2,01/05/2020,01/07/2020,50\n"


@pytest.fixture
def done(run: Callable[..., Harmonised], people_layout: dict, jobs_layout: dict) -> Harmonised:
    return run({"clients.csv": CLIENTS, "jobs.csv": JOBS}, people_layout, jobs_layout)


def _judged(done: Harmonised, schema: Schema, **limits: float) -> pd.DataFrame:
    return judge_rules(judge_tables(done.tables, Thresholds(**limits), CUT), done.places, done.spots, schema)


def test_a_finding_names_the_file_and_the_cell(done: Harmonised, schema: Schema) -> None:
    found = _judged(done, schema).set_index("code")
    assert found["cells"].to_dict() == {"D127": "B4", "D130": "D2, D4"}
    assert set(found["file"]) == {"jobs.csv"}
    assert found.loc["D130", "what"] == "weekly hours are too many to be right, in column 'Hours' (2 cells)"


def test_other_thresholds_give_other_findings_from_the_same_tables(done: Harmonised, schema: Schema) -> None:
    found = _judged(done, schema, hours_max=100, overlap_days=60).set_index("code")
    assert found["cells"].to_dict() == {"D129": "D2, D4"}


def test_judged_findings_take_the_place_of_older_ones(done: Harmonised, schema: Schema) -> None:
    first = rejudged(done.findings, _judged(done, schema))
    again = rejudged(first, _judged(done, schema, hours_max=100, overlap_days=60))
    assert set(first["code"]) - set(done.findings["code"]) == {"D127", "D130"}
    assert set(again["code"]) - set(done.findings["code"]) == {"D129"}
    assert list(again.dtypes.astype(str)) == list(FINDINGS.values())
    assert len(rejudged(done.findings.iloc[:0], done.findings.iloc[:0])) == 0


def test_every_judged_code_is_in_the_catalogue(schema: Schema) -> None:
    assert set(schema.checks) >= JUDGED
