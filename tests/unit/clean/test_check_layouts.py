from __future__ import annotations

import pytest

from evaltools.clean.check_layouts import check_layouts
from evaltools.errors import LayoutError
from evaltools.schema.layout import Layout
from evaltools.schema.table import Schema


def _layout(columns: dict[str, str], **more: object) -> Layout:
    sheet = {"columns": {header: {"field": field} for header, field in columns.items()}, **more}
    return Layout.model_validate({"site": "camden", "files": ["a.csv"], "sheets": [sheet]})


def test_a_required_field_must_come_from_somewhere(schema: Schema) -> None:
    with pytest.raises(LayoutError, match=r"required field 'enrolments\.referral_date'"):
        check_layouts([_layout({"ID": "participants.participant_id", "Seen": "enrolments.first_contact_date"})], schema)


def test_all_layouts_are_checked_at_once(schema: Schema) -> None:
    bad = _layout({"ID": "jobs.participant_id", "Hours": "jobs.hours_per_week"})
    worse = _layout({"Amount": "costs.amount"})
    with pytest.raises(LayoutError) as caught:
        check_layouts([bad, worse], schema)
    assert len(caught.value.problems) == 3


def test_constants_and_shared_columns_count(schema: Schema) -> None:
    columns = {"ID": "participants.participant_id", "Job start": "jobs.start_date"}
    check_layouts([_layout(columns, constants={"enrolments.referral_date": "2020-01-01"})], schema)


def test_a_table_without_people_needs_a_site(schema: Schema) -> None:
    layout = _layout({"Measure": "counts.measure", "Count": "counts.count"})
    check_layouts([layout], schema)
    with pytest.raises(LayoutError, match=r"counts\.site_id"):
        check_layouts([layout.model_copy(update={"site": ""})], schema)


def test_weeks_give_the_start_of_a_job(schema: Schema) -> None:
    weeks = {"columns": "w{n}", "weeks": 2, "day_0": "2020-01-01", "in_work": ["1"], "observed_through": "last"}
    columns = {"ID": "participants.participant_id", "Ref": "enrolments.referral_date"}
    check_layouts([_layout(columns, weeks=weeks)], schema)
