from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from evaltools.domain.harmonised import ACCOUNTING, FINDINGS
from evaltools.estimate.data_used import count_faults, data_used


def _frame(rows: list[dict[str, object]], columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows).reindex(columns=list(columns)).astype(columns)


def _sheet(site: str | None, file: str, status: str = "read", rows: int | None = None, kept: int | None = None) -> dict:
    quarantined = None if rows is None else rows - kept
    merged = None if rows is None else 0
    return {
        "site": site, "file": file, "status": status, "rows": rows, "kept": kept, "merged": merged,
        "quarantined": quarantined,
    }  # fmt: skip


@pytest.fixture
def tables():
    accounting = [
        _sheet("north", "a.xlsx", rows=10, kept=8),
        _sheet("north", "a.xlsx", rows=5, kept=5),
        _sheet("north", "locked.xlsx", "refused"),
        _sheet("south", "c.csv", rows=7, kept=7),
        _sheet(None, "stray.pdf", "not used"),
    ]
    findings = [
        {"site": "north", "code": "D102", "severity": "must fix", "count": 2, "cells": "G15"},
        {"site": "north", "code": "D102", "severity": "must fix", "count": 1},
        {"site": "south", "code": "D102", "severity": "must fix", "count": 1},
        {"site": None, "code": "D101", "severity": "must fix", "count": 1},
    ]
    return {"accounting": _frame(accounting, ACCOUNTING), "faults": count_faults(_frame(findings, FINDINGS))}


def _read(counts: pd.DataFrame, table: str, row: str) -> dict[str, float]:
    mine = counts[(counts["table_id"] == table) & (counts["row"] == row)]
    return dict(zip(mine["column"], mine["n"], strict=True))


def test_rows_and_files_are_counted_for_all_and_for_each_site(tables):
    counts = data_used(tables)
    assert _read(counts, "rows", "all") == {"rows": 22, "kept": 20, "merged": 0, "quarantined": 2}
    assert _read(counts, "rows", "north") == {"rows": 15, "kept": 13, "merged": 0, "quarantined": 2}
    assert _read(counts, "files", "all") == {"read": 2, "refused": 1}
    assert _read(counts, "files", "south") == {"read": 1, "refused": 0}


def test_faults_are_counted_by_code(tables):
    assert _read(data_used(tables), "faults", "all") == {"D101": 1, "D102": 4}


def test_counted_faults_keep_their_site_and_lose_their_place(tables):
    faults = tables["faults"]
    assert list(faults) == ["site", "code", "severity", "count"]
    assert faults.fillna({"site": "-"}).values.tolist() == [
        ["north", "D102", "must fix", 3],
        ["south", "D102", "must fix", 1],
        ["-", "D101", "must fix", 1],
    ]
    assert faults["count"].dtype == "Int64"


def test_no_files_and_no_faults_are_no_counts():
    nothing = {"accounting": _frame([], ACCOUNTING), "faults": count_faults(_frame([], FINDINGS))}
    assert data_used(nothing).empty


def test_inputs_are_left_alone(tables):
    before = {name: frame.copy() for name, frame in tables.items()}
    data_used(tables)
    for name, frame in tables.items():
        assert_frame_equal(before[name], frame)
