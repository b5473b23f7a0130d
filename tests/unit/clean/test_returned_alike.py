"""Where a finding lists only its first cells, the others with the same entry are found."""

from __future__ import annotations

import pandas as pd
from returned_case import cells

from evaltools.clean.returned_alike import alike_cells
from evaltools.clean.returned_sheet import ReturnedSheet

SHEET = ReturnedSheet("a.csv", "", cells([["ID", "Sex"], ["1", "Wmn"], ["2", "F"], ["3", "Wmn"], ["4", "Wmn"]]))
LISTED = pd.DataFrame({"finding": [0], "file": "a.csv", "sheet": "", "position": [1], "row": [2], "why": ""})


def _rows(code: str, count: int) -> list[int]:
    findings = pd.DataFrame({"code": [code], "file": "a.csv", "sheet": "", "count": [count]})
    return alike_cells(LISTED, findings, {("a.csv", ""): SHEET})["row"].tolist()


def test_the_same_entry_has_the_same_fault() -> None:
    assert _rows("D107", 3) == [2, 4, 5]


def test_a_complete_list_stays_as_it_is() -> None:
    assert _rows("D107", 1) == [2]


def test_what_the_entry_alone_does_not_decide_stays_as_it_is() -> None:
    assert _rows("D104", 3) == [2]


def test_a_header_is_no_entry() -> None:
    sheet = ReturnedSheet("a.csv", "", cells([["ID", "Wmn"], ["1", "Wmn"], ["2", "F"], ["3", "Wmn"]]))
    findings = pd.DataFrame({"code": ["D107"], "file": "a.csv", "sheet": "", "count": [2]})
    assert alike_cells(LISTED, findings, {("a.csv", ""): sheet})["row"].tolist() == [2, 4]
