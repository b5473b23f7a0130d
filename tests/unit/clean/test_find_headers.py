from __future__ import annotations

from collections.abc import Callable

import pytest

from evaltools.clean.find_headers import HeaderPlace, find_headers
from evaltools.clean.sheet import Sheet
from evaltools.schema.table import Schema

HEADERS = ["Client ID", "Sex", "Date of referral", "Job start"]
ROW = ["AB001", "F", "03/04/2021", "04/05/2021"]
Make = Callable[..., Sheet]


def place(found: HeaderPlace | None) -> tuple[int, int] | None:
    return (found.row, found.rows) if found else None


@pytest.mark.parametrize("above", [0, 1, 4, 28])
def test_the_headers_are_found_wherever_they_stand(above: int, sheet_of: Make, schema: Schema) -> None:
    titles = [["Returns of the IPS service", None, None, None], *[[None] * 4] * 28][:above]
    assert place(find_headers(sheet_of(*titles, HEADERS, ROW), schema)) == (above + 1, 1)


def test_a_title_that_resembles_one_header_is_none(sheet_of: Make, schema: Schema) -> None:
    sheet = sheet_of(["Client ID", None, None, None], ["Printed on", "03/04/2021", None, None], HEADERS, ROW)
    assert place(find_headers(sheet, schema)) == (3, 1)


def test_two_rows_under_merged_groups_belong_together(sheet_of: Make, schema: Schema) -> None:
    groups, lower = ["Person", None, "Job 1", None, "Job 2", None], ["Client ID", "Sex", "Start", "End", "Start", "End"]
    sheet = sheet_of(groups, lower, [*ROW, *ROW[2:]], merged=((1, 0, 1, 1), (1, 2, 1, 3), (1, 4, 1, 5)))
    assert place(find_headers(sheet, schema)) == (1, 2)


def test_two_rows_without_merged_cells_where_the_lower_repeats_itself(sheet_of: Make, schema: Schema) -> None:
    groups, lower = ["Person", None, "Job 1", None, "Job 2", None], ["Client ID", "Sex", "Start", "End", "Start", "End"]
    assert place(find_headers(sheet_of(groups, lower, [*ROW, *ROW[2:]]), schema)) == (1, 2)


def test_two_rows_where_single_headers_stand_in_the_upper_one(sheet_of: Make, schema: Schema) -> None:
    upper, lower = ["Client ID", "Sex", "Job", None], [None, None, "start", "end"]
    sheet = sheet_of(upper, lower, ROW, merged=((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3)))
    assert place(find_headers(sheet, schema)) == (1, 2)


def test_a_sheet_of_something_else_has_no_headers_of_ours(sheet_of: Make, schema: Schema) -> None:
    assert find_headers(sheet_of(["Choices"], ["Yes"], ["No"]), schema) is None
    assert find_headers(sheet_of(ROW, ROW), schema) is None
