"""Clean one column: tidy, find error values, then read every distinct cell as its field demands."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from evaltools.clean.coerce_birth_years import read_birth_year
from evaltools.clean.coerce_booleans import read_boolean
from evaltools.clean.coerce_dates import read_date
from evaltools.clean.coerce_labels import read_label
from evaltools.clean.coerce_months import read_month
from evaltools.clean.coerce_numbers import read_number
from evaltools.clean.distinct import Distinct, distinct_cells
from evaltools.clean.hashed_values import HashedValues
from evaltools.clean.held_values import HeldValues
from evaltools.clean.issues import Issues, Spot, joined
from evaltools.clean.marks import NO_VALUE, error_word
from evaltools.clean.match_codes import match_code, match_map
from evaltools.clean.pseudonymise import FIRST_LETTERS, Hasher, plain_identifiers
from evaltools.clean.reading import CleanColumn, Reading, apply_readings, hidden_change
from evaltools.clean.sheet import Cell, cell_text
from evaltools.clean.tidy_text import tidy, tidy_column
from evaltools.clean.vocabulary import Vocabulary
from evaltools.schema.layout import Column
from evaltools.schema.table import PANDAS_TYPES, Field, Schema

__all__ = ["Rules", "clean_column", "clean_constant"]


@dataclass(frozen=True)
class Rules:
    """What cells are read by. scope: whose identifiers they are. sites: site id by id or name in casefold, may be empty.

    known: what has been read so far, by the rules that it was read by.
    """

    schema: Schema
    data_cut: date
    pseudonym: Hasher
    scope: str
    sites: dict[str, str]
    known: dict[Hashable, Vocabulary] = field(default_factory=dict)


def clean_column(cells: pd.Series, spot: Spot, column: Column, rules: Rules) -> CleanColumn:
    """Clean a column of records (index: sheet row numbers) into values of its field's pandas type."""
    target = rules.schema.tables[spot.table].fields[spot.field]
    distinct, tidied = tidy_column(distinct_cells(cells), spot)
    if target.identifier and target.name in FIRST_LETTERS:
        done = _hashed(distinct, spot, column, rules)
    else:
        done = apply_readings(distinct, _known(target, spot, column, rules), spot)
    return CleanColumn(done.values, joined([tidied, done.issues]))


def _known(target: Field, spot: Spot, column: Column, rules: Rules) -> Vocabulary:
    """Give what is known of entries that are read by the same rules, in whichever file and column they stood."""
    rules = rules if spot.table != "sites" else replace(rules, sites={})
    named = target.name if target.name == "site_id" else ""
    limits = (target.type, target.unit, target.codelist, target.minimum, target.maximum)
    key = (named, spot.table == "sites", *limits, column.dates, tuple(column.codes.items()))
    if key not in rules.known:
        read = _reader(target, column, rules)
        codes = {tidy(entered).casefold(): code for entered, code in column.codes.items()}
        rules.known[key] = Vocabulary(lambda cell: _read(cell, codes, read), PANDAS_TYPES[target.type])
    return rules.known[key]


def _hashed(distinct: Distinct, spot: Spot, column: Column, rules: Rules) -> CleanColumn:
    """Replace identifiers, all of a column at once."""
    codes = {tidy(entered).casefold(): code for entered, code in column.codes.items()}
    texts = plain_identifiers(distinct.values, spot.field)
    together = "\n".join(texts)
    if codes or "#" in together or NO_VALUE in together:
        one_by_one = Vocabulary(
            lambda cell: _read(cell, codes, lambda other: _pseudonym(other, spot.field, rules)), "string"
        )
        return apply_readings(distinct, one_by_one, spot)
    named = np.ones(len(texts), dtype=bool)
    named[[place for place, text in enumerate(texts) if not text] if "" in texts else []] = False
    bits = rules.pseudonym.bits(spot.field, rules.scope, [text for text in texts if text])
    numbers = np.where(named, np.cumsum(named) - 1, len(bits)).astype(np.int32)
    held = HeldValues(numbers[distinct.codes], HashedValues(spot.field, bits), distinct.rows)
    ledger = (hidden_change(distinct, named, "pseudonym", spot),) if named.any() else ()
    return CleanColumn(held, Issues(ledger))


def _pseudonym(cell: Cell, name: str, rules: Rules) -> Reading:
    (text,) = plain_identifiers([cell], name)
    return Reading(rules.pseudonym(name, rules.scope, text), "pseudonym") if text else Reading(None)


def clean_constant(value: str, table: str, field: str, rules: Rules) -> Reading:
    """Read a constant of the layout as its field demands (a code, an ISO date, a number or text)."""
    return _reader(rules.schema.tables[table].fields[field], Column(field=f"{table}.{field}"), rules)(value)


def _read(cell: Cell, codes: dict[str, str], read: Callable[[Cell], Reading]) -> Reading:
    mapped = match_map(cell, codes)
    if mapped is not None:
        again = read(mapped.value or "")
        return Reading(again.value, mapped.rule, again.code, again.aside, again.why, again.detail)
    if error_word(cell):
        return Reading(None, "set aside", "D114", True, "an error value", error_word(cell))
    return read(cell)


def _reader(target: Field, column: Column, rules: Rules) -> Callable[[Cell], Reading]:
    if target.identifier and target.name in FIRST_LETTERS:
        return lambda cell: _pseudonym(cell, target.name, rules)
    if target.codelist:
        return lambda cell: match_code(cell, rules.schema.codelists[target.codelist], column.codes)
    if target.name == "site_id" and rules.sites:
        known = rules.sites | {code.casefold(): code for code in column.codes.values()}
        return lambda cell: _site(cell, known)
    readers: dict[str, Callable[[Cell], Reading]] = {
        "date": lambda cell: read_date(cell, column.dates, rules.data_cut),
        "yearmonth": lambda cell: read_month(cell, column.dates),
        "number": lambda cell: read_number(cell, target),
        "integer": lambda cell: read_birth_year(cell, column.dates, target),
        "boolean": read_boolean,
        "string": read_label,
    }
    return readers[target.type]


def _site(cell: Cell, sites: dict[str, str]) -> Reading:
    if cell == "":
        return Reading(None)
    found = sites.get(cell_text(cell).casefold())
    return Reading(found, "" if found == cell else "code") if found else Reading(None, "code", "D107")
