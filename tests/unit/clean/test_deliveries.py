from __future__ import annotations

import numpy as np
import pytest

from evaltools.clean.deliveries import date_deliveries
from evaltools.errors import LayoutError
from evaltools.schema.layout import Layout

SHEETS = [{"columns": {}}]


def _layout(pattern: str = "", empty: str = "keeps") -> Layout:
    rule = {"deliveries": {"pattern": pattern, "empty": empty}} if pattern else {}
    return Layout.model_validate({"files": ["*"], "sheets": SHEETS, **rule})


def test_each_record_has_the_day_of_its_file_and_files_without_a_declaration_have_none() -> None:
    monthly, once = _layout("a_{yyyy-mm}.csv", "erases"), _layout()
    files = ["a_2024-01.csv", "a_2024-02.csv", "b.csv"]
    found = date_deliveries(files, [monthly, monthly, once], np.array([0, 0, 1, 2]))
    assert found.on.astype(str).tolist() == ["2024-01-31", "2024-01-31", "2024-02-29", "NaT"]
    assert found.series.tolist() == [0, 0, 0, -1]
    assert found.erases.tolist() == [True, True, True, False]
    assert found.newest.astype(str).tolist() == ["2024-02-29"]
    assert found.older_files == {"a_2024-01.csv"}


def test_files_whose_name_gives_no_date_are_all_named_at_once() -> None:
    layout = _layout("a_{yyyy-mm}.csv")
    with pytest.raises(LayoutError) as fault:
        date_deliveries(["a_final.csv", "a_2024-01.csv", "a_new.csv"], [layout] * 3, np.array([0, 1, 2]))
    assert [(problem.code, problem.place) for problem in fault.value.problems] == [
        ("L208", "a_final.csv"),
        ("L208", "a_new.csv"),
    ]


def test_a_study_without_sheets_has_no_deliveries() -> None:
    assert len(date_deliveries([], [], np.array([], dtype="int64")).on) == 0
