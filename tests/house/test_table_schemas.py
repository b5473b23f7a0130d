from __future__ import annotations

from pathlib import Path

import pytest
from frictionless import Schema

TABLES = sorted((Path(__file__).parents[2] / "data_schema" / "tables").glob("*.yaml"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_each_table_is_a_frictionless_table_schema(path: Path) -> None:
    schema = Schema.from_descriptor(str(path))
    assert schema.fields
    assert set(schema.primary_key) <= {field.name for field in schema.fields}
