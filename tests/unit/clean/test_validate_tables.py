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
    people = people.astype(schema.tables["participants"].types())
    jobs = empty_table(schema.tables["jobs"]).drop(columns="sector")
    with pytest.raises(SchemaError) as caught:
        validate_tables(_tables(schema) | {"participants": people, "jobs": jobs}, schema)
    told = "\n".join(problem.place + problem.what for problem in caught.value.problems)
    for part in ("field sex", "field birth_year", "field participant_id", "field site_id", "table jobs"):
        assert part in told
    assert "P1" not in told


def test_a_column_of_another_type_is_told_and_the_others_are_still_held_against_the_schema(schema: Schema) -> None:
    people = empty_table(schema.tables["participants"]).reindex(range(1)).assign(birth_year="1980", sex="sometimes")
    with pytest.raises(SchemaError) as caught:
        validate_tables(_tables(schema) | {"participants": people.astype({"sex": "string"})}, schema)
    told = "\n".join(problem.place + problem.what for problem in caught.value.problems)
    assert "field birth_year" in told
    assert "'type Int64'" in told
    assert "'a code of its list'" in told
