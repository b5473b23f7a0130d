"""Read the small tables that state a definition: a header line, then one line a case; an empty cell is missing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from evaltools.schema.read import read_schema

SCHEMA = read_schema(Path(__file__).parents[2] / "data_schema")


def spec_table(text: str) -> pd.DataFrame:
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    width = len(lines[0])
    assert all(len(line) == width for line in lines), "every line of the table needs the same number of cells"
    return pd.DataFrame(lines[1:], columns=lines[0]).replace("", None)


def days(column: pd.Series) -> pd.Series:
    return pd.to_datetime(column, format="%Y-%m-%d")


def canonical(name: str, rows: list[dict[str, object]]) -> pd.DataFrame:
    """Rows as the canonical table of that name; what a row does not say is missing."""
    table = SCHEMA.tables[name]
    return pd.DataFrame(rows).reindex(columns=list(table.fields)).astype(table.types())
