from __future__ import annotations

from collections.abc import Callable

from evaltools.clean.name_columns import header_key, header_names
from evaltools.clean.sheet import Sheet
from evaltools.schema.layout import SheetLayout

TWO = SheetLayout(header_row=2, header_rows=2)


def test_one_row_of_headers_is_tidied(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(["Title"], [" Client\nID ", "Client\u2019s age", None])
    assert header_names(sheet, SheetLayout(header_row=2)) == ("Client ID", "Client's age", "")
    assert header_names(sheet, SheetLayout(header_row=9)) == ("", "", "")


def test_two_rows_are_joined_and_the_upper_one_filled_over_blanks(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(["Title"], ["Person", None, "Job 1", None], ["ID", "Age", "Start", "End"])
    assert header_names(sheet, TWO) == ("Person / ID", "Person / Age", "Job 1 / Start", "Job 1 / End")


def test_merged_ranges_say_exactly_how_far_the_upper_one_reaches(sheet_of: Callable[..., Sheet]) -> None:
    rows = (["Title"], ["ID", "Job", None, None], [None, "Start", "End", "Notes"])
    sheet = sheet_of(*rows, merged=((2, 0, 3, 0), (2, 1, 2, 2)))
    assert header_names(sheet, TWO) == ("ID", "Job / Start", "Job / End", "Notes")


def test_a_column_without_any_header_stays_without(sheet_of: Callable[..., Sheet]) -> None:
    assert header_names(sheet_of([None], ["Person", None], ["ID", None]), TWO) == ("Person / ID", "")


def test_capitals_and_spaces_do_not_matter() -> None:
    assert header_key("Client  ID") == header_key("client\u00a0id ")
