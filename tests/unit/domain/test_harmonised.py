from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from evaltools.domain.harmonised import ACCOUNTING, FINDINGS, LEDGER, QUARANTINE, Harmonised


@pytest.mark.parametrize("columns", [LEDGER, QUARANTINE, FINDINGS, ACCOUNTING])
def test_an_explanation_can_be_made_even_of_nothing(columns):
    frame = pd.DataFrame(columns=list(columns)).astype(columns)
    assert list(frame) == list(columns)
    assert set(columns.values()) <= {"string", "Int64"}


def test_what_leaves_cleaning_with_the_reports_holds_no_entered_text():
    assert not {"raw", "new"} & (set(FINDINGS) | set(ACCOUNTING))
    assert "raw" in LEDGER
    assert "raw" in QUARANTINE


def test_accounting_holds_both_sums():
    lines, rows = ["title", "header", "blank", "total", "rows"], ["kept", "merged", "quarantined"]
    assert {"lines", *lines, *rows} <= set(ACCOUNTING)


def test_the_parts_of_cleaning_are_named_and_stay():
    frame = pd.DataFrame()
    done = Harmonised({}, frame, frame, frame, frame)
    with pytest.raises(dataclasses.FrozenInstanceError):
        done.ledger = pd.DataFrame({"raw": ["x"]})  # type: ignore[misc]
