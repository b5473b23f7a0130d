from __future__ import annotations

import pandas as pd
import pytest

from evaltools.errors import EstimateError
from evaltools.estimate.records_flow import assert_rows, records_flow

SHEET = {
    "site": "north", "file": "a.xlsx", "lines": 12, "title": 1, "header": 1, "blank": 2, "total": 1, "rows": 7,
    "kept": 4, "merged": 1, "quarantined": 2,
}  # fmt: skip


def accounting(**changes):
    return pd.DataFrame([SHEET, {**SHEET, "site": "south", **changes}])


@pytest.mark.parametrize("lost", ["lines", "title", "header", "blank", "total", "rows", "kept", "merged", "quarantined"])
def test_a_lost_line_or_record_is_refused(lost):
    assert_rows(accounting())
    with pytest.raises(EstimateError, match="do not add up"):
        assert_rows(accounting(**{lost: SHEET[lost] + 1}))


def test_a_file_that_was_refused_has_no_lines_and_adds_up():
    refused = dict.fromkeys(["lines", "title", "header", "blank", "total", "rows", "kept", "merged", "quarantined"])
    assert_rows(accounting(**refused))


def test_records_are_counted_for_all_and_each_site():
    tables = {
        "enrolments": pd.DataFrame({"site_id": ["north", "south", "north"]}),
        "jobs": pd.DataFrame({"site_id": ["south"]}),
    }
    counts = records_flow(accounting(), tables, ["enrolments", "jobs", "benefits"])
    assert counts[["row", "column", "n"]].to_numpy().tolist() == [
        ["all", "enrolments", 3], ["north", "enrolments", 2], ["south", "enrolments", 1],
        ["all", "jobs", 1], ["south", "jobs", 1], ["all", "benefits", 0],
    ]  # fmt: skip
    assert set(counts["table_id"]) == {"records"}
