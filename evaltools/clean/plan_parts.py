"""Plan which rows of which tables a sheet gives: one part for each table, and one for each repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaltools.clean.identify_rows import DERIVED
from evaltools.clean.place_columns import Placed
from evaltools.schema.layout import SheetLayout
from evaltools.schema.table import Schema

__all__ = ["PartPlan", "plan_parts"]

PEOPLE = ("participants", "enrolments")


@dataclass(frozen=True)
class PartPlan:
    """Rows of one table that a sheet gives.

    number: of the repeat, 0 for the plain columns. main: every record must give a row, and a fault in it sets the whole
    record aside. own: columns of this part. shared: columns that identify it and stand elsewhere in the sheet.
    """

    table: str
    number: int
    main: bool
    own: tuple[Placed, ...]
    shared: tuple[Placed, ...]
    constants: dict[str, str]


def plan_parts(layout: SheetLayout, placed: Sequence[Placed], schema: Schema) -> tuple[PartPlan, ...]:
    """Plan the parts of a sheet.

    The tables of people (participants, enrolments) are main where the sheet feeds them; a sheet that feeds a single table
    has that table as main. A key or required field that a part does not map is shared from another part.
    """
    identifying = {name: set(table.key) | _required(schema, name) for name, table in schema.tables.items()}
    numbers = dict.fromkeys((item.table, item.number) for item in placed)
    fed = [table for table, number in numbers if number == 0]
    constants = _constants(layout)
    fed += [table for table in constants if table in PEOPLE and table not in fed]
    main = {table for table in fed if table in PEOPLE}
    plain = [table for table in fed if table in main or _speaks(table, placed, identifying[table])]
    if not main and len(plain) == 1 and not layout.repeats and layout.weeks is None:
        main = set(plain)
    wanted = [(table, 0) for table in plain] + [pair for pair in numbers if pair[1]]
    if layout.weeks is not None:
        wanted.append(("jobs", -1))
    return tuple(
        _part(table, number, table in main and number == 0, placed, identifying[table], constants.get(table, {}))
        for table, number in wanted
    )


def _part(
    table: str, number: int, main: bool, placed: Sequence[Placed], identifying: set[str], constants: dict[str, str]
) -> PartPlan:
    own = {item.field: item for item in placed if (item.table, item.number) == (table, number)}
    plain = {item.field: item for item in placed if (item.table, item.number) == (table, 0)}
    elsewhere = {item.field: item for item in reversed(placed) if item.number == 0 and item.field in identifying}
    shared = {field: item for field, item in (elsewhere | plain).items() if field not in own}
    return PartPlan(table, number, main, tuple(own.values()), tuple(shared.values()), constants)


def _required(schema: Schema, table: str) -> set[str]:
    return {
        name
        for name, field in schema.tables[table].fields.items()
        if field.required or (field.identifier and name not in DERIVED)
    }


def _speaks(table: str, placed: Sequence[Placed], identifying: set[str]) -> bool:
    """Say whether a sheet holds more of a table than what the table shares with others."""
    held = {item.field for item in placed if item.table == table and item.number == 0}
    return bool(held - {"participant_id", "site_id"})


def _constants(layout: SheetLayout) -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {}
    for target, value in layout.constants.items():
        table, _, field = target.partition(".")
        tables.setdefault(table, {})[field] = value
    return tables
