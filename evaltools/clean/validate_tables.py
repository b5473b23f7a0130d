"""Hold the finished tables against the schema, everything at once: a last assertion before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from evaltools.clean.coded_texts import text_numbers
from evaltools.clean.key_codes import key_codes
from evaltools.errors import Problem, SchemaError
from evaltools.schema.table import Codelist, Field, Schema, Table

__all__ = ["validate_tables"]


def validate_tables(tables: Mapping[str, pd.DataFrame], schema: Schema) -> None:
    """Check columns, types, required and unique fields, limits and codes of every table. Columns of text may be coded.

    Raises SchemaError with every fault: cleaning should have set such values aside, so it is a fault of ours.
    """
    problems = [
        Problem(
            "T201",
            f"{count:,} entries of a finished table break the rule '{rule}'",
            f"table {name}, field {field}",
            fix="this is a fault in evaltools or in data_schema/, not in the data: please report it",
        )
        for name, table in schema.tables.items()
        for field, rule, count in _faults(tables[name], table, schema.codelists)
        if count
    ]
    if problems:
        raise SchemaError(*problems)


def _faults(rows: pd.DataFrame, table: Table, codelists: Mapping[str, Codelist]) -> Iterator[tuple[str, str, int]]:
    """Give field, rule and number of faults."""
    if list(rows.columns) != list(table.fields):
        yield ", ".join(map(str, rows.columns)), "the table's columns in their order", 1
        return
    for name, field in table.fields.items():
        dtype = table.types()[name]
        if str(rows[name].dtype) != dtype and not (dtype == "string" and text_numbers(rows[name]) is not None):
            yield name, f"type {dtype}", max(len(rows), 1)
        elif len(rows):
            yield from _field_faults(rows[name], field, codelists)
    unique = {(name,) for name, field in table.fields.items() if field.unique} | {table.key}
    yield from ((", ".join(key), "unique", _copies(rows, key)) for key in sorted(unique) if len(rows))


def _field_faults(column: pd.Series, field: Field, codelists: Mapping[str, Codelist]) -> Iterator[tuple[str, str, int]]:
    if field.required:
        yield field.name, "required", int(column.isna().sum())
    if field.codelist:
        codes, found = pd.factorize(column)
        strange = np.append(~pd.Index(found).isin(list(codelists[field.codelist].labels)), False)  # nor is a missing one
        yield field.name, "a code of its list", int(strange[codes].sum())
    if field.minimum is not None:
        yield field.name, f"at least {field.minimum:g}", int((column < field.minimum).sum())
    if field.maximum is not None:
        yield field.name, f"at most {field.maximum:g}", int((column > field.maximum).sum())


def _copies(rows: pd.DataFrame, key: tuple[str, ...]) -> int:
    counts = np.bincount(key_codes(rows, key))
    return int(counts[counts > 1].sum() - (counts > 1).sum())
