from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from evaltools.clean.clean_column import Rules
from evaltools.clean.issues import Spot
from evaltools.clean.shape_sheet import Part, Shaped, shape_sheet
from evaltools.clean.sheet import Sheet
from evaltools.clean.tidy_text import filled_cells
from evaltools.errors import LayoutError
from evaltools.schema.layout import SheetLayout

COLUMNS = {
    "ID": {"field": "participants.participant_id"},
    "Ref": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy"]},
}
WEEKS = {
    "columns": "w{n}",
    "weeks": 2,
    "day_0": "2020-01-31",
    "in_work": ["1"],
    "observed_through": "last",
    "exit_when": {"out": "y"},
}
REPEATS = [
    {
        "table": "jobs",
        "times": 2,
        "columns": {
            "Job {n} start": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy"]},
            "Job {n} hours": {"field": "jobs.hours_per_week"},
        },
    }
]
NAMES = ["ID", "Ref", "Job 1 start", "Job 1 hours", "Job 2 start", "Job 2 hours"]


def _shape(sheet: Sheet, rules: Rules, names: list[str] = NAMES, **layout: object) -> Shaped:
    settings = SheetLayout.model_validate({"columns": COLUMNS, **layout})
    return shape_sheet(sheet.cells, filled_cells(sheet.cells), names, settings, Spot("camden", "a.csv", ""), rules)


def _frame(part: Part) -> pd.DataFrame:
    return pd.DataFrame({name: held.array() for name, held in part.columns.items()}, index=part.rows)


def test_a_wide_sheet_becomes_one_row_for_each_job(sheet_of: Callable[..., Sheet], rules: Rules) -> None:
    sheet = sheet_of(
        ["A1", "01/02/2020", "01/03/2020", "16", "01/05/2020", None],
        ["A2", "01/02/2020", None, None, "01/06/2020", "20"],
        ["A3", "01/02/2020", " ", None, None, None],
    )
    before = sheet.cells.copy()
    shaped = _shape(sheet, rules, repeats=REPEATS)
    assert [(part.table, part.main, part.rows.tolist()) for part in shaped.parts] == [
        ("participants", True, [1, 2, 3]),
        ("enrolments", True, [1, 2, 3]),
        ("jobs", False, [1]),
        ("jobs", False, [1, 2]),
    ]
    second = _frame(shaped.parts[3])
    assert second["job_number"].tolist() == [2, 2]
    assert second["participant_id"].tolist() == shaped.people.series().loc[[1, 2]].tolist()
    assert second["site_id"].tolist() == ["camden", "camden"]
    assert shaped.parts[3].spots["start_date"].position == 4
    pd.testing.assert_frame_equal(before, sheet.cells)


def test_constants_fill_what_the_file_does_not_hold(sheet_of: Callable[..., Sheet], rules: Rules) -> None:
    sheet = sheet_of(["A1", "01/02/2020", "01/03/2020", "16"])
    shaped = _shape(sheet, rules, NAMES[:4], repeats=REPEATS, constants={"jobs.competitive": "yes"})
    assert _frame(shaped.parts[2])["competitive"].tolist() == [True]


def test_a_constant_that_cannot_be_read_stops_the_run(sheet_of: Callable[..., Sheet], rules: Rules) -> None:
    with pytest.raises(LayoutError, match="a constant cannot be read"):
        _shape(sheet_of(["A1", "01/02/2020"]), rules, NAMES[:2], constants={"participants.sex": "sometimes"})


def test_weeks_give_jobs_and_what_is_known_of_the_enrolment(sheet_of: Callable[..., Sheet], rules: Rules) -> None:
    sheet = sheet_of(["A1", "01/02/2020", "1", "0", "2", "y"], ["A2", "01/02/2020", "0", "0", "x", "n"])
    shaped = _shape(sheet, rules, ["ID", "Ref", "w1", "w2", "last", "out"], weeks=WEEKS)
    enrolments, jobs = _frame(shaped.parts[1]), _frame(shaped.parts[2])
    assert enrolments["discharge_date"].tolist() == [pd.Timestamp("2020-02-14"), pd.NaT]
    assert jobs["participant_id"].tolist() == [shaped.people.series()[1]]
    assert [flag.code for flag in shaped.issues.flags] == ["D108"]
