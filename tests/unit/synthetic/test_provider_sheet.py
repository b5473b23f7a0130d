from __future__ import annotations

import pandas as pd

from evaltools.synthetic.provider_column import ProviderColumn
from evaltools.synthetic.provider_sheet import ProviderSheet
from evaltools.synthetic.workbook_grid import Span


def test_two_part_headers_become_two_rows_with_merged_upper_cells() -> None:
    names = ("Client / ID", "Client / Sex", "Job / Start")
    sheet = ProviderSheet("f", "s", tuple(ProviderColumn(name) for name in names))
    sheet.header()
    assert [line.cells for line in sheet.lines] == [["Client", None, "Job"], ["ID", "Sex", "Start"]]
    assert sheet.merged == [Span(1, 1, 1, 2)]


def test_every_line_is_one_kind_and_the_account_adds_up(sheet: ProviderSheet) -> None:
    sheet.blank()
    sheet.total("Total", 8)
    account = sheet.accounting()
    kinds = ("title", "header", "blank", "total", "rows")
    assert account["lines"] == sum(int(account[kind]) for kind in kinds) == 11
    assert account["rows"] == account["kept"] == 8


def test_records_carry_whose_they_are() -> None:
    sheet = ProviderSheet("f", "s", (ProviderColumn("ID", "jobs.participant_id"),))
    sheet.records(pd.DataFrame({"participant": ["007"], "job": [2], "jobs.participant_id": ["007"]}))
    assert (sheet.lines[0].key, sheet.lines[0].cells) == (("007", 2), ["007"])


def test_the_grid_holds_what_was_written(sheet: ProviderSheet) -> None:
    sheet.hidden_rows.add(3)
    grid = sheet.grid()
    assert grid.rows[1] == ("01", "M", "01/05/2018")
    assert grid.hidden_rows == frozenset({3})
