"""The shipped demonstration is cleaned to exactly what its truth file says, which nothing but this test reads."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from evaltools.clean.harmonise import harmonise
from evaltools.domain.harmonised import Harmonised
from evaltools.schema.read_layouts import read_layouts
from evaltools.schema.table import Schema

DEMO = Path(__file__).parents[3] / "analyses" / "studies" / "demo"


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def done(schema: Schema) -> Harmonised:
    files = sorted((DEMO / "raw").iterdir())
    return harmonise(files, DEMO / "raw", read_layouts(DEMO / "sites", schema), schema, b"key", date(2019, 9, 30))


def test_every_line_of_every_file_is_accounted_for(done: Harmonised, truth: dict[str, Any]) -> None:
    expected = pd.DataFrame(truth["accounting"]).drop(columns="why").set_index(["file", "sheet"]).sort_index()
    found = done.accounting.set_index(["file", "sheet"]).sort_index()
    assert found.index.tolist() == expected.index.tolist()
    assert found["status"].tolist() == expected["status"].tolist()
    counts = ["lines", "title", "header", "blank", "total", "rows", "kept", "merged", "quarantined"]
    pd.testing.assert_frame_equal(
        found[counts].astype("int64"), expected[counts].fillna(0).astype("int64"), check_index_type=False
    )


def test_tables_hold_the_rows_that_can_be_read(done: Harmonised, truth: dict[str, Any]) -> None:
    for table, count in truth["rows"]["readable"].items():
        assert len(done.tables[table]) == count
    referred = done.tables["enrolments"].groupby("site_id").size().to_dict()
    assert referred == {site: held["bit_cbo"]["referred"] for site, held in truth["readable"].items()}


def test_each_nastiness_is_found_as_often_as_it_was_planted(done: Harmonised, truth: dict[str, Any]) -> None:
    planted = {name: held["count"] for name, held in truth["nastiness"].items()}
    found = done.findings.groupby("code")["count"].sum()
    assert found["D101"] == planted["password-protected workbook"] + planted["truncated workbook"]
    assert found["D102"] == planted["impossible date"]
    assert found["D103"] == planted["ambiguous date, cannot be decided"]
    assert found["D104"] == planted["job start before referral"]
    assert found["D107"] == planted["stray code"]
    assert found["D111"] == 2 * planted["conflicting duplicate row"]
    assert found["D112"] == planted["exact duplicate row"]
    assert found["D114"] == planted["error cell"] + planted["error as text"]
    assert found["D120"] == planted["mislabelled file"]


def test_no_free_text_and_no_identifier_comes_through(done: Harmonised) -> None:
    shown = "".join(frame.to_csv() for frame in (done.findings, done.accounting, done.ledger, *done.tables.values()))
    assert re.search(r"\bzq[0-9a-f]{4,}", shown) is None
    assert "MH/18-0" not in shown
