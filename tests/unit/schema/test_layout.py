from __future__ import annotations

from typing import get_args

import pytest
from pydantic import ValidationError

from evaltools.schema.layout import NOTATIONS, Column, Layout, Notation, Repeat, SheetLayout, Weeks


def test_every_notation_that_can_be_declared_is_explained():
    assert list(get_args(Notation)) == list(NOTATIONS)
    assert all(NOTATIONS.values())


def test_a_short_layout_has_the_usual_settings():
    layout = Layout(files=("*.csv",), sheets=(SheetLayout(),))
    sheet = layout.sheets[0]
    assert (layout.site, sheet.sheet, sheet.header_row, sheet.header_rows) == ("", "*", 1, 1)
    assert "Total" in sheet.total_words


@pytest.mark.parametrize("field", ["participants", "participants.", "Participants.Sex", "a.b.c", "participants.sex "])
def test_a_column_leads_to_a_field_of_a_table(field):
    assert Column(field="participants.sex").field == "participants.sex"
    with pytest.raises(ValidationError):
        Column(field=field)


@pytest.mark.parametrize(
    ("model", "settings"),
    [
        (Column, {"field": "jobs.start_date", "dates": ["dd/mm"]}),
        (Column, {"field": "jobs.start_date", "date": ["dd/mm/yyyy"]}),
        (SheetLayout, {"header_row": 0}),
        (SheetLayout, {"header_rows": 3}),
        (Repeat, {"table": "jobs", "times": 0, "columns": {}}),
        (Weeks, {"columns": "emp{n}", "weeks": 0, "day_0": "2000-01-01", "in_work": ["yes"], "observed_through": "week"}),
        (Layout, {"files": ["a.csv"]}),
    ],
)
def test_what_is_not_understood_is_refused(model, settings):
    with pytest.raises(ValidationError):
        model.model_validate(settings)


def test_a_layout_cannot_be_changed_on_the_way():
    with pytest.raises(ValidationError, match="frozen"):
        SheetLayout().header_row = 2  # type: ignore[misc]
