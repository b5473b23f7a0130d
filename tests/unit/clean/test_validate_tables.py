from __future__ import annotations

import pandas as pd
import pytest

from evaltools.clean.assemble_tables import empty_table
from evaltools.clean.validate_tables import validate_tables
from evaltools.errors import SchemaError
from evaltools.schema.table import Schema


def _tables(schema: Schema) -> dict[str, pd.DataFrame]:
    return {name: empty_table(table) for name, table in schema.tables.items()}


def test_empty_tables_are_valid(schema: Schema) -> None:
    validate_tables(_tables(schema), schema)


def test_every_fault_is_told_at_once(schema: Schema) -> None:
    people = empty_table(schema.tables["participants"]).reindex(range(2))
    people["participant_id"], people["sex"], people["birth_year"] = "P1", "sometimes", 1066
    jobs = empty_table(schema.tables["jobs"]).drop(columns="sector")
    with pytest.raises(SchemaError) as caught:
        validate_tables(_tables(schema) | {"participants": people, "jobs": jobs}, schema)
    told = "\n".join(problem.place + problem.what for problem in caught.value.problems)
    for part in ("field sex", "field birth_year", "field participant_id", "field site_id", "table jobs"):
        assert part in told
    assert "P1" not in told
