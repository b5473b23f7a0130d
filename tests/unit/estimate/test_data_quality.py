from __future__ import annotations

import pandas as pd
import pytest

from evaltools.estimate.data_quality import LAG_BANDS, data_quality


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    start = pd.Series(["2020-01-01"] * 4).astype("datetime64[ns]")
    lengths = pd.to_timedelta(pd.Series([42, 41, 48, 91]) - 1, unit="D")
    jobs = pd.DataFrame({"site_id": ["a", "a", "b", "b"], "start_date": start, "end_date": start + lengths})
    jobs["participant_id"] = list("PQRS")
    jobs["hours_per_week"] = pd.array([16, 15, None, 40], dtype="Float64")
    evidence = pd.DataFrame({"site_id": ["a", "a", "b"], "participant_id": ["P", "Q", "Z"], "milestone": ["job_start"] * 3})
    evidence["evidence_date"] = pd.Series(["2020-01-31", "2019-12-01", "2020-01-01"]).astype("datetime64[ns]")
    cells = {"cells": [10, 4], "mapped": [8, 4], "ignored": [1, 0], "unmapped": [1, 0]}
    fields = {"site": ["a", "b"], "table": "jobs", "field": "sector", "mapped": [True, False]}
    return {
        "accounting": pd.DataFrame({"site": ["a", "b"], **cells}),
        "faults": pd.DataFrame({"site": ["a", "a"], "code": ["D102", "D102"], "severity": "must fix", "count": [2, 3]}),
        "fields": pd.DataFrame({**fields, "rows": [2, 2], "filled": [1, 0], "distinct": [1, 0], "unmapped": 0}),
        "jobs": jobs,
        "evidence": evidence,
    }


def _held(counts: pd.DataFrame, table: str) -> dict[tuple[str, str], float]:
    found = counts[counts["table_id"] == table]
    return {(row.row, row.column): row.n for row in found.itertuples(index=False)}


def test_cells_findings_and_fields_are_counted_by_site(tables: dict[str, pd.DataFrame]) -> None:
    counts = data_quality(tables)
    cells = _held(counts, "cells")
    assert (cells["a", "unmapped"], cells["all", "cells"], cells["b", "mapped"]) == (1, 14, 4)
    assert _held(counts, "findings") == {("a", "D102"): 5}
    assert _held(counts, "fields") == {("a", "jobs.sector.rows"): 2, ("a", "jobs.sector.missing"): 1}


def test_jobs_beside_a_threshold_are_counted(tables: dict[str, pd.DataFrame]) -> None:
    held = _held(data_quality(tables), "heaping")
    assert (held["a", "weeks_6.above"], held["a", "weeks_6.below"], held["b", "weeks_6.above"]) == (1, 1, 1)
    assert (held["all", "weeks_13.above"], held["all", "hours_16.above"], held["all", "hours_16.below"]) == (1, 1, 1)
    assert ("all", "weeks_26.above") not in held
    assert _held(data_quality(tables, (26,), (30,)), "heaping") == {}


def test_evidence_is_counted_by_its_lag(tables: dict[str, pd.DataFrame]) -> None:
    held = _held(data_quality(tables), "lag")
    assert (held["a", "0_30"], held["a", "before"], held["b", "no_job"], held["all", "0_30"]) == (1, 1, 1, 1)
    assert sum(held["all", band] for band in LAG_BANDS) == 2


def test_a_study_without_evidence_says_nothing_of_its_lag(tables: dict[str, pd.DataFrame]) -> None:
    counts = data_quality(tables | {"evidence": tables["evidence"].iloc[:0]})
    assert _held(counts, "lag") == {}
