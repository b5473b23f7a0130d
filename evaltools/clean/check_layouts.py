"""Hold the layouts against the schema before any file is read: what a table needs must come from somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaltools.clean.identify_rows import DERIVED
from evaltools.clean.place_columns import Placed, wanted_columns
from evaltools.clean.plan_parts import PartPlan, plan_parts
from evaltools.errors import LayoutError, Problem
from evaltools.schema.layout import Layout, SheetLayout
from evaltools.schema.table import Schema

__all__ = ["check_layouts"]


def check_layouts(layouts: Sequence[Layout], schema: Schema) -> None:
    """Raise LayoutError (L206) for every required field that no column, constant or other part of its sheet gives."""
    problems = []
    for layout in layouts:
        for sheet in layout.sheets:
            for plan in plan_parts(sheet, _all_placed(sheet), schema):
                for field in _lacking(plan, layout, sheet, schema):
                    place = f"layout of {', '.join(layout.files)}, sheet {sheet.sheet}"
                    fix = f"map a column to '{plan.table}.{field}', or give it under 'constants'"
                    problems.append(
                        Problem("L206", f"nothing gives the required field '{plan.table}.{field}'", place, fix=fix)
                    )
    if problems:
        raise LayoutError(*dict.fromkeys(problems))


def _all_placed(sheet: SheetLayout) -> tuple[Placed, ...]:
    """Place the columns as if the sheet held all of them."""
    placed = []
    for position, wanted in enumerate(wanted_columns(sheet)):
        if wanted.column is not None:
            table, _, field = wanted.column.field.partition(".")
            placed.append(Placed(position, wanted.header, table, field, wanted.column, wanted.number))
    return tuple(placed)


def _lacking(plan: PartPlan, layout: Layout, sheet: SheetLayout, schema: Schema) -> Iterator[str]:
    given = {item.field for item in (*plan.own, *plan.shared)} | set(plan.constants) | set(DERIVED)
    if plan.number < 0:
        given |= {"start_date", "job_number"}
    named = "participant_id" in given and plan.table != "participants"
    if layout.site or named:
        given.add("site_id")  # the layout's, or that of the person
    for name, field in schema.tables[plan.table].fields.items():
        if field.required and name not in given:
            yield name
