"""Ask whether an entry such as 01/01/1900 or 999 stands for 'unknown'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from evaltools.clean.ask_questions import SENTINEL, Question, question_id
from evaltools.clean.cell_ranges import cell_ranges
from evaltools.clean.explain_rows import Places
from evaltools.clean.typed_values import groups
from evaltools.schema.table import Field, Schema, Table

__all__ = ["REAL", "SENTINEL_DAYS", "SENTINEL_NUMBERS", "UNKNOWN", "ask_sentinels"]

UNKNOWN = "it stands for unknown"
REAL = "it is meant as it stands"
SENTINEL_DAYS = tuple(
    pd.Timestamp(day)
    for day in (
        "1753-01-01",
        "1899-12-30",
        "1899-12-31",
        "1900-01-01",
        "1901-01-01",
        "1904-01-01",
        "1970-01-01",
        "1980-01-01",
    )
)
"""Days that programs enter when they know none."""
SENTINEL_NUMBERS = (-1, -9, -99, 99, 999, 9999)
_LEAST = 2  # cells with a number that may be a sentinel; a single 99 may well be 99


def ask_sentinels(tables: Mapping[str, pd.DataFrame], places: Places, schema: Schema, key: bytes) -> list[Question]:
    """Ask one question for each site, column and value that may stand for 'unknown'.

    tables: with ORIGIN, before rows are settled; numbers are asked about in tables of people only. The id holds the site,
    the field and the value, so that an answer is good for every later delivery too.
    """
    return [
        question
        for name, table in schema.tables.items()
        if len(tables[name])
        for field in table.fields.values()
        for question in _of_field(tables[name], table, field, places, key)
    ]


def _of_field(rows: pd.DataFrame, table: Table, field: Field, places: Places, key: bytes) -> Iterator[Question]:
    column = rows[field.name]
    values = _suspected(column, field, table)
    if not values:
        return
    suspects = rows[column.isin(values).fillna(False).astype(bool)]
    sites = [places.sheets[sheet].site for sheet in places.records.sheet[suspects["_source"].to_numpy()]]
    for (site, value), held in groups(suspects.assign(_site=sites), ["_site", field.name]):
        if field.type == "date" or len(held) >= _LEAST:
            yield _ask(str(site), value, held, table, field, places, key)


def _suspected(column: pd.Series, field: Field, table: Table) -> list[Any]:
    """Give the values to look for; a number only where it is the largest or the smallest of its column."""
    if field.type == "date":
        return list(SENTINEL_DAYS) if column.min() <= max(SENTINEL_DAYS) else []
    if field.type in ("integer", "number") and "participant_id" in table.fields:
        return [value for value in (column.min(), column.max()) if not pd.isna(value) and value in SENTINEL_NUMBERS]
    return []


def _ask(  # noqa: PLR0913 - all that the question names
    site: str, value: object, held: pd.DataFrame, table: Table, field: Field, places: Places, key: bytes
) -> Question:
    shown = f"{value:%d/%m/%Y}" if isinstance(value, pd.Timestamp) else f"{value:g}"
    source, part = held["_source"].to_numpy(), held["_part"].to_numpy()
    first = int(places.records.sheet[source[0]])
    spot = places.spot(first, int(part[0]), field.name)
    here = (places.records.sheet[source] == first) & (part == part[0])
    header = f"column '{spot.header}'" if spot.header else f"field '{field.title}'"
    count = f"{len(held):,} cell{'s hold' if len(held) > 1 else ' holds'}"
    return Question(
        question_id(key, SENTINEL, [site, table.name, field.name, shown]),
        SENTINEL,
        site,
        spot.file,
        spot.sheet,
        _cells(spot.position, places.records.row[source[here]]),
        f"{count} {shown} in {header} ({field.title}). Does it stand for 'unknown'?",
        (UNKNOWN, REAL),
        rows=held[["_source", "_part"]].assign(table=table.name, field=field.name, option=UNKNOWN),
    )


def _cells(position: int, rows: np.ndarray) -> str:
    return str(cell_ranges(position, np.sort(rows), np.array([0, len(rows)]))[0]) if position >= 0 else ""
