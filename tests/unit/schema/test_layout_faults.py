from __future__ import annotations

from evaltools.schema.layout import Column, Repeat, SheetLayout
from evaltools.schema.layout_faults import fields_fed_twice, maps_that_differ


def test_entries_that_read_alike_must_lead_to_one_code():
    (problem,) = maps_that_differ({"M": "male", " m": "female"}, "here")
    assert (problem.code, problem.place) == ("L104", "here")
    assert problem.detail == "'M' leads to 'male' and ' m' to 'female'"
    assert not list(maps_that_differ({"M": "male", "m ": "male", "F": "female"}, "here"))


def test_two_columns_may_not_feed_one_field_of_one_row():
    job = Column(field="jobs.start_date")
    sex = Column(field="participants.sex")
    repeat = Repeat(table="jobs", times=2, columns={"Start {n}": job, "Began {n}": job})
    sheet = SheetLayout(columns={"Sex": sex, "Gender": sex, "First start": job}, repeats=(repeat,))
    assert [(problem.code, problem.detail) for problem in fields_fed_twice(sheet, "here")] == [
        ("L105", "columns 'Sex' and 'Gender'"),
        ("L105", "columns 'Start {n}' and 'Began {n}'"),
    ]
