from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from evaltools.clean.check_columns import column_problems, new_columns
from evaltools.clean.column_uses import column_uses
from evaltools.clean.issues import Spot
from evaltools.clean.name_columns import header_names
from evaltools.clean.sheet import Sheet
from evaltools.schema.layout import Column, SheetLayout

LAYOUT = SheetLayout(
    columns={
        "Client ID": Column(field="participants.participant_id"),
        "Date of referral": Column(field="enrolments.referral_date"),
        "Postcode": Column(field="participants.site_id"),
        "Age": Column(field="participants.age_at_referral", optional=True),
    },
    ignore=("Notes*",),
)


def test_a_missing_column_is_named_with_what_was_found(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(["Client ID", "Date of Referal", "Postcode", "Sex"])
    (problem,) = column_problems(sheet, LAYOUT, header_names(sheet, LAYOUT))
    assert (problem.code, problem.what) == ("L201", "the column 'Date of referral' is missing")
    assert problem.place == "a.xlsx, sheet Clients, header row 1"
    assert problem.detail == "headers found: Client ID, Date of Referal, Postcode, Sex"
    assert problem.fix.startswith("perhaps renamed to 'Date of Referal'? correct")


def test_records_are_not_quoted_when_the_header_row_is_wrong(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(["Client ID", "Date of referral", "Postcode"], ["ZZ9 secret", "01/02/2021", "N1"])
    layout = LAYOUT.model_copy(update={"header_row": 2})
    (problem,) = column_problems(sheet, layout, header_names(sheet, layout))
    assert "secret" not in str(problem)
    assert problem.fix == "set 'header_row: 1' in the site's layout"
    nowhere = sheet_of(["ZZ9 secret", "Postcode"])
    (problem,) = column_problems(nowhere, LAYOUT, header_names(nowhere, LAYOUT))
    assert problem.what == "most of the layout's headers were not found"
    assert "secret" not in str(problem)


def test_a_header_that_stands_twice_is_a_problem(sheet_of: Callable[..., Sheet]) -> None:
    sheet = sheet_of(["Client ID", "client id", "Date of referral", "Postcode"])
    (problem,) = column_problems(sheet, LAYOUT, header_names(sheet, LAYOUT))
    assert (problem.code, problem.detail) == ("L203", "columns A, B")


def test_new_columns_become_questions_and_ignored_ones_do_not(spot: Spot) -> None:
    names = ["Client ID", "Date of referral", "Notes (free)", "Ward", "", ""]
    filled = pd.DataFrame([[True] * 5 + [False]] * 2, index=[2, 3])
    flags = new_columns(column_uses([LAYOUT], names), filled, names, spot).flags
    assert [(flag.code, flag.spot.position, flag.rows, flag.detail) for flag in flags] == [
        ("D115", 3, (), "'Ward': renamed, new, or to be ignored?"),
        ("D115", 4, (2, 3), "a column without a header holds entries"),
    ]
