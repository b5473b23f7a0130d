"""Every cell of a finding is found, in whichever form the finding lists it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.returned_cells import cells_in, column_position, fault_cells
from evaltools.clean.sheet import cell_name, column_letters
from evaltools.domain.harmonised import FINDINGS, QUARANTINE


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("", []),
        ("G15", [(6, 15)]),
        ("G15, G18", [(6, 15), (6, 18)]),
        ("G15:G17, G33", [(6, 15), (6, 16), (6, 17), (6, 33)]),
        ("A1:B2", [(0, 1), (0, 2), (1, 1), (1, 2)]),
        ("AA7, ...", [(26, 7)]),
    ],
)
def test_cells_in(cells: str, found: list[tuple[int, int]]) -> None:
    assert list(cells_in(cells).itertuples(index=False, name=None)) == found


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(1, 2000), st.integers(0, 30)), max_size=20))
def test_ranges_are_read_as_they_were_written(spans: list[tuple[int, int, int]]) -> None:
    text = ", ".join(f"{cell_name(place, top)}:{cell_name(place, top + more)}" for place, top, more in spans)
    expected = [(place, row) for place, top, more in spans for row in range(top, top + more + 1)]
    assert list(cells_in(text).itertuples(index=False, name=None)) == expected


@given(st.integers(0, 16_383))
def test_letters_and_positions_agree(position: int) -> None:
    assert column_position(column_letters(position)) == position


def _frame(columns: dict[str, str], rows: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def test_the_quarantine_gives_the_cells_that_a_finding_leaves_out() -> None:
    findings = _frame(FINDINGS, [{"code": "D102", "file": "a", "sheet": "S", "cells": "C2, ...", "count": 3}])
    aside = [
        {"code": "D102", "file": "a", "sheet": "S", "row": row, "cell": f"{column}{row}", "why": "no day"}
        for column, row in [("C", 2), ("C", 9), ("C", 11), ("D", 3)]
    ]
    found = fault_cells(findings, _frame(QUARANTINE, aside))
    assert found[["position", "row", "why"]].to_numpy().tolist() == [[2, 2, "no day"], [2, 9, "no day"], [2, 11, "no day"]]


def test_a_complete_list_is_taken_as_it_is() -> None:
    findings = _frame(FINDINGS, [{"code": "D111", "file": "a", "sheet": "", "cells": "A4", "count": 1}])
    aside = _frame(QUARANTINE, [{"code": "D111", "file": "a", "sheet": "", "row": 4, "cell": "", "why": "differ in: Sex"}])
    assert fault_cells(findings, aside)["why"].tolist() == ["differ in: Sex"]


def test_findings_without_cells_give_none() -> None:
    findings = _frame(FINDINGS, [{"code": "D101", "file": "a", "sheet": "", "cells": "", "count": 1}])
    assert fault_cells(findings, _frame(QUARANTINE, [])).empty
