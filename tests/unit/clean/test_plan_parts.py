from __future__ import annotations

from datetime import date

from evaltools.clean.place_columns import place_columns, wanted_columns
from evaltools.clean.plan_parts import PartPlan, plan_parts
from evaltools.schema.layout import Column, Repeat, SheetLayout, Weeks
from evaltools.schema.table import Schema


def _plans(layout: SheetLayout, schema: Schema) -> dict[tuple[str, int], PartPlan]:
    placed = place_columns(layout, [item.header for item in wanted_columns(layout)])
    return {(plan.table, plan.number): plan for plan in plan_parts(layout, placed, schema)}


def _columns(**fields: str) -> dict[str, Column]:
    return {header: Column(field=field.replace("__", ".")) for header, field in fields.items()}


PERSON = _columns(ID="participants__participant_id", Sex="participants__sex", Ref="enrolments__referral_date")
JOB = _columns(Start="jobs__start_date", End="jobs__end_date")


def test_people_are_main_and_share_who_they_are(schema: Schema) -> None:
    plans = _plans(SheetLayout(columns=PERSON | JOB), schema)
    assert {key: plan.main for key, plan in plans.items()} == {
        ("participants", 0): True,
        ("enrolments", 0): True,
        ("jobs", 0): False,
    }
    assert [item.field for item in plans["jobs", 0].shared] == ["participant_id"]


def test_each_repeat_is_a_part(schema: Schema) -> None:
    repeat = Repeat(table="jobs", times=2, columns=_columns(**{"Job {n} start": "jobs__start_date"}))
    layout = SheetLayout(columns=PERSON, repeats=(repeat,), constants={"jobs.competitive": "true"})
    plans = _plans(layout, schema)
    assert set(plans) == {("participants", 0), ("enrolments", 0), ("jobs", 1), ("jobs", 2)}
    assert plans["jobs", 2].constants == {"competitive": "true"}
    assert plans["jobs", 2].own[0].header == "Job 2 start"


def test_a_sheet_of_one_table_has_it_as_main(schema: Schema) -> None:
    plans = _plans(SheetLayout(columns=_columns(ID="jobs__participant_id") | JOB), schema)
    assert [(key, plan.main) for key, plan in plans.items()] == [(("jobs", 0), True)]


def test_constants_make_an_enrolment_of_a_list_of_people(schema: Schema) -> None:
    layout = SheetLayout(
        columns=_columns(ID="participants__participant_id"), constants={"enrolments.referral_date": "2020-01-01"}
    )
    assert _plans(layout, schema)["enrolments", 0].constants == {"referral_date": "2020-01-01"}


def test_two_tables_of_totals_share_their_keys_and_neither_is_main(schema: Schema) -> None:
    columns = _columns(Site="targets__site_id", Metric="targets__measure", Target="targets__target", Count="counts__count")
    plans = _plans(SheetLayout(columns=columns, constants={"targets.scenario": "high"}), schema)
    assert [plan.main for plan in plans.values()] == [False, False]
    assert {item.field for item in plans["counts", 0].shared} == {"site_id", "measure"}


def test_weeks_are_a_part_of_jobs(schema: Schema) -> None:
    weeks = Weeks(columns="w", weeks=1, day_0=date(2020, 1, 1), in_work=("1",), observed_through="last")
    plans = _plans(SheetLayout(columns=PERSON, weeks=weeks), schema)
    assert [item.field for item in plans["jobs", -1].shared] == ["participant_id"]
