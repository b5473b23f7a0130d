from __future__ import annotations

from evaltools.clean.assemble_tables import empty_table
from evaltools.clean.require_entries import require_entries
from evaltools.schema.table import Schema


def test_the_first_missing_field_is_the_fault_and_all_are_named(schema: Schema) -> None:
    rows = empty_table(schema.tables["enrolments"]).reindex(range(3)).assign(_source=[3, 4, 5], _part=0, main=True)
    rows["participant_id"], rows["site_id"] = ["P1", None, "P3"], "camden"
    rows.loc[0, "referral_date"] = "2020-01-01"
    faults = require_entries(rows, schema.tables["enrolments"])
    assert faults[["_source", "field", "code", "why"]].to_numpy().tolist() == [
        [4, "participant_id", "D110", "no usable entry for: Participant, Referral date"],
        [5, "referral_date", "D110", "no usable entry for: Referral date"],
    ]
    assert require_entries(rows.iloc[:0], schema.tables["enrolments"]).empty
