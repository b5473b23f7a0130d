"""Hold the finished tables against the schema, everything at once: a last assertion before anything is written."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pandera.pandas as pandera

from evaltools.clean.typed_values import groups
from evaltools.errors import Problem, SchemaError
from evaltools.schema.table import Codelist, Schema, Table

__all__ = ["validate_tables"]


def validate_tables(tables: Mapping[str, pd.DataFrame], schema: Schema) -> None:
    """Check types, required and unique fields, limits and codes of every table.

    Raises SchemaError with every fault: cleaning should have set such values aside, so it is a fault of ours.
    """
    problems = []
    for name, table in schema.tables.items():
        try:
            _pandera_schema(table, schema.codelists).validate(tables[name], lazy=True)
        except pandera.errors.SchemaErrors as faults:
            problems += _problems(name, faults.failure_cases)
    if problems:
        raise SchemaError(*problems)


def _pandera_schema(table: Table, codelists: Mapping[str, Codelist]) -> pandera.DataFrameSchema:
    columns = {}
    for name, field in table.fields.items():
        checks = []
        if field.minimum is not None:
            checks.append(pandera.Check.ge(field.minimum))
        if field.maximum is not None:
            checks.append(pandera.Check.le(field.maximum))
        if field.codelist:
            checks.append(pandera.Check.isin(list(codelists[field.codelist].labels)))
        columns[name] = pandera.Column(
            table.types()[name], checks, nullable=not field.required, unique=field.unique, report_duplicates="exclude_first"
        )
    return pandera.DataFrameSchema(columns, strict=True, ordered=True, unique=list(table.key))


def _problems(name: str, failures: pd.DataFrame) -> list[Problem]:
    return [
        Problem(
            "T201",
            f"{len(rows)} entries of a finished table break the rule '{check}'",
            f"table {name}, field {column}",
            fix="this is a fault in evaltools or in data_schema/, not in the data: please report it",
        )
        for (column, check), rows in groups(failures, ["column", "check"])
    ]
