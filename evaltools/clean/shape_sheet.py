"""Shape the records of one sheet into rows of canonical tables: clean each column once, then fill each part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaltools.clean.clean_column import Rules, clean_column, clean_constant
from evaltools.clean.coerce_numbers import read_number
from evaltools.clean.distinct import distinct_cells
from evaltools.clean.held_values import HeldValues, held_array, same_value
from evaltools.clean.issues import Issues, Spot, joined
from evaltools.clean.name_columns import header_key
from evaltools.clean.place_columns import Placed, place_columns, week_headers
from evaltools.clean.plan_parts import PartPlan, plan_parts
from evaltools.clean.reading import CleanColumn, apply_readings
from evaltools.clean.sheet import cell_text
from evaltools.clean.spread_weeks import WeekCells, WeekSpells, spread_weeks
from evaltools.clean.tidy_text import tidy, tidy_column
from evaltools.clean.vocabulary import Vocabulary
from evaltools.errors import LayoutError, Problem
from evaltools.schema.layout import Column, SheetLayout, Weeks
from evaltools.schema.table import PANDAS_TYPES, Field

__all__ = ["Part", "Shaped", "shape_sheet"]


@dataclass(frozen=True)
class Part:
    """Rows of one table that one sheet gives. rows: sheet row numbers. columns: by field. spots: where each field stands.

    number: of the part in its sheet, from 0.
    """

    table: str
    main: bool
    rows: np.ndarray
    columns: Mapping[str, HeldValues]
    spot: Spot
    spots: Mapping[str, Spot]
    number: int = 0


@dataclass(frozen=True)
class Shaped:
    """Parts of a sheet, and what happened to its cells. people: who each record names; may be nobody."""

    parts: tuple[Part, ...]
    people: HeldValues
    issues: Issues


def shape_sheet(  # noqa: PLR0913 - a sheet, and all that it is shaped by
    records: pd.DataFrame,
    filled: pd.DataFrame,
    names: Sequence[str],
    layout: SheetLayout,
    spot: Spot,
    rules: Rules,
    clean_by: Callable[[pd.Series, Spot, Column, Rules], CleanColumn] = clean_column,
) -> Shaped:
    """Shape a sheet by one layout.

    records: its cells, coded; filled: which of them hold anything (index: sheet row numbers). clean_by: how a column is
    cleaned.
    """
    placed = place_columns(layout, names)
    spots = {item.position: _spot(item, spot, rules) for item in placed}
    clean = {item.position: clean_by(records[item.position], spots[item.position], item.column, rules) for item in placed}
    values = {position: column.values for position, column in clean.items()}
    weeks = _weeks(records, names, layout.weeks, spot) if layout.weeks is not None else None
    sheet = _Sheet(filled, values, spots, spot, weeks)
    parts = tuple(_part(plan, sheet, rules) for plan in plan_parts(layout, placed, rules.schema))
    people = [values[item.position] for item in placed if item.field == "participant_id"]
    named = people[0] if people else same_value(None, "string", records.index.to_numpy())
    issues = [column.issues for column in clean.values()] + ([weeks.issues] if weeks else [])
    return Shaped(parts, named, joined(issues))


@dataclass(frozen=True)
class _Sheet:
    """What the parts of a sheet are filled from; values and spots by column position."""

    filled: pd.DataFrame
    values: Mapping[int, HeldValues]
    spots: Mapping[int, Spot]
    spot: Spot
    weeks: WeekSpells | None


def _spot(item: Placed, spot: Spot, rules: Rules) -> Spot:
    identifier = rules.schema.tables[item.table].fields[item.field].identifier
    return replace(spot.at(item.position, item.header), table=item.table, field=item.field, identifier=identifier)


def _part(plan: PartPlan, sheet: _Sheet, rules: Rules) -> Part:
    places = _rows(plan, sheet)
    numbers = sheet.filled.index.to_numpy()
    rows = numbers if places is None else numbers[places]
    fields = rules.schema.tables[plan.table].fields
    held = {item.field: sheet.values[item.position] for item in (*plan.own, *plan.shared)}
    columns = held if places is None else {name: values.at(places) for name, values in held.items()}
    constants = dict(plan.constants)
    if "site_id" in fields and sheet.spot.site:
        constants.setdefault("site_id", sheet.spot.site)
    if plan.number > 0 and "job_number" in fields:
        constants.setdefault("job_number", str(plan.number))
    for name, value in constants.items():
        if name not in columns:
            columns[name] = same_value(
                _constant(value, fields[name], rules, plan.table), PANDAS_TYPES[fields[name].type], rows
            )
    if sheet.weeks is not None:
        known = sheet.weeks.jobs if plan.number < 0 else sheet.weeks.people if plan.table == "enrolments" else pd.DataFrame()
        columns = {
            str(name): held_array(column.array, np.arange(len(column)), rows) for name, column in known.items()
        } | columns
    spots = {item.field: sheet.spots[item.position] for item in (*plan.shared, *plan.own)}
    return Part(plan.table, plan.main, rows, columns, sheet.spot, spots)


def _rows(plan: PartPlan, sheet: _Sheet) -> np.ndarray | None:
    """Give the places of the records that hold a row of this part: those with an entry of their own.

    None for a main part, of which every record holds one.
    """
    if plan.number < 0 and sheet.weeks is not None:
        return sheet.filled.index.get_indexer(sheet.weeks.jobs.index)
    if plan.main:
        return None
    speaking = [item.position for item in plan.own if item.field not in ("participant_id", "site_id")]
    held = np.zeros(len(sheet.filled), dtype=bool)
    for position in speaking:
        held |= sheet.filled[position].to_numpy()
    return np.flatnonzero(held)


def _constant(value: str, field: Field, rules: Rules, table: str) -> object:
    reading = clean_constant(value, table, field.name, rules)
    if reading.code:
        place = f"constant '{table}.{field.name}'"
        raise LayoutError(Problem("L205", "a constant cannot be read", place, reading.why or reading.detail, "correct it"))
    return reading.value


def _weeks(records: pd.DataFrame, names: Sequence[str], weeks: Weeks, spot: Spot) -> WeekSpells:
    place = {header_key(name): position for position, name in reversed(list(enumerate(names)))}
    observed = _whole_weeks(records[place[header_key(weeks.observed_through)]], spot)
    exits = pd.Series(bool(weeks.exit_when), index=records.index)
    for header, word in weeks.exit_when.items():
        said = [tidy(cell_text(cell)) == word for cell in records[place[header_key(header)]]]
        exits &= pd.Series(said, index=records.index)
    columns = records[[place[header_key(header)] for header in week_headers(weeks)]]
    spells = spread_weeks(WeekCells(columns, observed.values.series(), exits), weeks, spot)
    return replace(spells, issues=joined([observed.issues, spells.issues]))


def _whole_weeks(cells: pd.Series, spot: Spot) -> CleanColumn:
    field = Field("observed_through", "integer", "Last week observed", minimum=0)
    place = replace(spot, table="jobs", field=field.name)
    distinct, tidied = tidy_column(distinct_cells(cells), place)
    done = apply_readings(distinct, Vocabulary(lambda cell: replace(read_number(cell, field), rule=""), "Int64"), place)
    return CleanColumn(done.values, joined([tidied, done.issues]))
