from __future__ import annotations

import pandas as pd
import pytest

from evaltools.schema.table import PANDAS_TYPES, Field, Table


def test_every_type_of_a_field_is_one_that_pandas_knows():
    for kind in PANDAS_TYPES.values():
        assert len(pd.Series([], dtype=kind)) == 0


def test_a_table_gives_the_types_of_its_columns_in_order():
    fields = {name: Field(name, kind, name.title()) for name, kind in [("month", "yearmonth"), ("start", "date")]}
    table = Table("jobs", "Jobs", "", ("month",), fields)
    assert table.types() == {"month": "string", "start": "datetime64[ns]"}
    assert list(table.types()) == ["month", "start"]


def test_types_cannot_be_changed():
    with pytest.raises(TypeError):
        PANDAS_TYPES["date"] = "string"  # type: ignore[index]


def test_every_canonical_table_can_be_empty_and_typed(schema):
    for table in schema.tables.values():
        frame = pd.DataFrame(columns=list(table.fields)).astype(table.types())
        assert set(table.key) <= set(frame)
