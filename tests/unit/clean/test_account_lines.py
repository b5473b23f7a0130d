from __future__ import annotations

import pytest

from evaltools.clean.account_lines import SheetLines, account_lines
from evaltools.domain.harmonised import ACCOUNTING


def test_lines_and_records_are_counted() -> None:
    kinds = ["title", "blank", "header", "record", "record", "total", "record"]
    read = SheetLines("camden", "a.csv", "", "read", "text", kinds, ["kept", "merged", "quarantined"])
    accounting = account_lines([read, SheetLines("", "b.csv", "", "not used")])
    assert list(accounting.columns) == list(ACCOUNTING)
    assert accounting.loc[0, ["lines", "title", "header", "blank", "total", "rows"]].tolist() == [7, 1, 1, 1, 1, 3]
    assert accounting.loc[0, ["kept", "merged", "quarantined"]].tolist() == [1, 1, 1]
    assert accounting.loc[1, "lines"] == 0


@pytest.mark.parametrize(
    ("kinds", "fates"), [(["record", "record"], ["kept"]), (["record"], ["lost"]), (["mystery", "record"], ["kept"])]
)
def test_a_record_or_line_that_is_lost_stops_the_run(kinds: list[str], fates: list[str]) -> None:
    with pytest.raises(AssertionError, match="not accounted for"):
        account_lines([SheetLines("camden", "a.csv", "", "read", "", kinds, fates)])


def test_nothing_read() -> None:
    assert account_lines([]).empty
