"""Clean one column: tidy, find error values, then read every distinct cell as its field demands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from evaltools.clean.coerce_booleans import read_boolean
from evaltools.clean.coerce_dates import read_date
from evaltools.clean.coerce_months import read_month
from evaltools.clean.coerce_numbers import read_number
from evaltools.clean.distinct import distinct_cells
from evaltools.clean.issues import Spot, joined
from evaltools.clean.marks import ERROR_NAMES
from evaltools.clean.match_codes import match_code, match_map
from evaltools.clean.pseudonymise import FIRST_LETTERS, Hasher, read_identifier
from evaltools.clean.reading import CleanColumn, Reading, apply_readings
from evaltools.clean.sheet import Cell, cell_text
from evaltools.clean.tidy_text import tidy, tidy_column
from evaltools.schema.layout import Column
from evaltools.schema.table import PANDAS_TYPES, Field, Schema

__all__ = ["Rules", "clean_column", "clean_constant"]


@dataclass(frozen=True)
class Rules:
    """What cells are read by. scope: whose identifiers they are. sites: site id by id or name in casefold, may be empty."""

    schema: Schema
    data_cut: date
    pseudonym: Hasher
    scope: str
    sites: dict[str, str]


def clean_column(cells: pd.Series, spot: Spot, column: Column, rules: Rules) -> CleanColumn:
    """Clean a column of records (index: sheet row numbers) into values of its field's pandas type."""
    field = rules.schema.tables[spot.table].fields[spot.field]
    tidied = tidy_column(cells, spot)
    distinct = distinct_cells(tidied.values)
    read = _reader(field, column, rules if spot.table != "sites" else replace(rules, sites={}))
    codes = {tidy(entered).casefold(): code for entered, code in column.codes.items()}
    readings = [_read(cell, codes, read) for cell in distinct.values]
    done = apply_readings(distinct, readings, spot, PANDAS_TYPES[field.type])
    return CleanColumn(done.values, joined([tidied.issues, done.issues]))


def clean_constant(value: str, table: str, field: str, rules: Rules) -> Reading:
    """Read a constant of the layout as its field demands (a code, an ISO date, a number or text)."""
    return _reader(rules.schema.tables[table].fields[field], Column(field=f"{table}.{field}"), rules)(value)


def _read(cell: Cell, codes: dict[str, str], read: Callable[[Cell], Reading]) -> Reading:
    mapped = match_map(cell, codes)
    if mapped is not None:
        again = read(mapped.value or "")
        return Reading(again.value, mapped.rule, again.code, again.aside, again.why, again.detail)
    if isinstance(cell, str) and cell.startswith("#") and cell.upper() in ERROR_NAMES.values():
        return Reading(None, "set aside", "D114", True, "an error value", cell.upper())
    return read(cell)


def _reader(field: Field, column: Column, rules: Rules) -> Callable[[Cell], Reading]:
    if field.identifier and field.name in FIRST_LETTERS:
        return lambda cell: read_identifier(cell, field.name, rules.scope, rules.pseudonym)
    if field.codelist:
        return lambda cell: match_code(cell, rules.schema.codelists[field.codelist], column.codes)
    if field.name == "site_id" and rules.sites:
        known = rules.sites | {code.casefold(): code for code in column.codes.values()}
        return lambda cell: _site(cell, known)
    readers: dict[str, Callable[[Cell], Reading]] = {
        "date": lambda cell: read_date(cell, column.dates, rules.data_cut),
        "yearmonth": lambda cell: read_month(cell, column.dates),
        "number": lambda cell: read_number(cell, field),
        "integer": lambda cell: read_number(cell, field),
        "boolean": read_boolean,
        "string": lambda cell: Reading(cell_text(cell) or None),
    }
    return readers[field.type]


def _site(cell: Cell, sites: dict[str, str]) -> Reading:
    if cell == "":
        return Reading(None)
    found = sites.get(cell_text(cell).casefold())
    return Reading(found, "" if found == cell else "code") if found else Reading(None, "code", "D107")
