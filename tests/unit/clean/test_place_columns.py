from __future__ import annotations

from datetime import date

from evaltools.clean.place_columns import place_columns, wanted_columns, week_headers
from evaltools.schema.layout import Column, Repeat, SheetLayout, Weeks

LAYOUT = SheetLayout(
    columns={"ID": Column(field="participants.participant_id"), "Age": Column(field="participants.age_at_referral")},
    repeats=(Repeat(table="jobs", times=2, columns={"Job {n} start": Column(field="jobs.start_date", optional=True)}),),
    weeks=Weeks(columns="emp", weeks=2, day_0=date(2020, 1, 1), in_work=("yes",), observed_through="week"),
)


def test_every_column_that_the_layout_names_is_wanted() -> None:
    wanted = [(item.header, item.number, item.required) for item in wanted_columns(LAYOUT)]
    assert wanted == [
        ("ID", 0, True),
        ("Age", 0, True),
        ("Job 1 start", 1, False),
        ("Job 2 start", 2, False),
        ("emp1", 0, True),
        ("emp2", 0, True),
        ("week", 0, True),
    ]


def test_columns_are_found_where_they_stand() -> None:
    placed = place_columns(LAYOUT, ["job 2 Start", "", "AGE"])
    assert [(item.position, item.table, item.field, item.number) for item in placed] == [
        (2, "participants", "age_at_referral", 0),
        (0, "jobs", "start_date", 2),
    ]


def test_week_headers() -> None:
    weeks = Weeks(columns="w{n}x", weeks=2, day_0=date(2020, 1, 1), in_work=("1",), observed_through="week")
    assert week_headers(weeks) == ("w1x", "w2x")
