from __future__ import annotations

import numpy as np
import pandas as pd

from evaltools.clean.assemble_tables import ORIGIN, Records, assemble_tables, empty_table, share_texts
from evaltools.clean.coded_texts import plain_texts
from evaltools.clean.held_values import held_array
from evaltools.clean.issues import Spot
from evaltools.clean.shape_sheet import Part
from evaltools.schema.table import Schema

SPOT = Spot("camden", "a.csv", "")


def _people(names: list[str], rows: list[int]) -> Part:
    held = held_array(pd.array(names, dtype="string"), np.arange(len(names)), np.array(rows))
    return Part("participants", True, held.rows, {"participant_id": held}, SPOT, {})


def test_records_are_numbered_through_all_sheets() -> None:
    records = Records.of([np.array([2, 3, 5]), np.array([], dtype="int64"), np.array([4, 9])])
    assert records.number(0, np.array([5, 2])).tolist() == [2, 0]
    assert records.number(2, np.array([9])).tolist() == [4]
    assert records.row[records.sheet == 2].tolist() == [4, 9]


def test_parts_come_together_with_their_origin(schema: Schema) -> None:
    people, more = _people(["P1", "P2"], [2, 3]), _people(["P3"], [7])
    parts = [people, more]
    records = Records.of([np.array([2, 3]), np.array([7])])
    tables = assemble_tables(parts, [0, 1], records, schema, share_texts(parts, schema))
    assert tables["participants"]["participant_id"].tolist() == ["P1", "P2", "P3"]
    assert tables["participants"][list(ORIGIN)].to_numpy().tolist() == [[0, 0], [1, 0], [2, 1]]
    for name, table in schema.tables.items():
        assert list(tables[name].columns) == [*table.fields, *ORIGIN]
        assert plain_texts(tables[name]).dtypes[list(table.fields)].astype(str).to_dict() == table.types()


def test_an_empty_table_has_its_types(schema: Schema) -> None:
    assert empty_table(schema.tables["jobs"]).dtypes.astype(str).to_dict() == schema.tables["jobs"].types()
