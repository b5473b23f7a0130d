from __future__ import annotations

from evaltools.clean.assemble_tables import empty_table
from evaltools.clean.identify_rows import DERIVED, identify_rows
from evaltools.clean.pseudonymise import hasher
from evaltools.schema.table import Schema


def test_the_same_person_and_day_make_the_same_enrolment(schema: Schema) -> None:
    tables = {name: empty_table(schema.tables[name]) for name in ("enrolments", "jobs", "evidence")}
    enrolments = empty_table(schema.tables["enrolments"]).reindex(range(4))
    enrolments["participant_id"] = ["P1", "P1", "P1", "P2"]
    enrolments["referral_date"] = ["2020-01-01", "2020-01-01", "2020-05-01", None]
    enrolments["referral_date"] = enrolments["referral_date"].astype("datetime64[ns]")
    named = identify_rows(tables | {"enrolments": enrolments}, hasher(b"key"))
    found = named["enrolments"]["enrolment_id"].tolist()
    assert found[0] == found[1]
    assert len(set(found)) == 3
    assert all(name.startswith("E") and len(name) == 17 for name in found)
    assert enrolments["enrolment_id"].isna().all()
    assert named["jobs"].empty


def test_an_identifier_of_the_provider_stays(schema: Schema) -> None:
    tables = {name: empty_table(schema.tables[name]) for name in ("enrolments", "jobs", "evidence")}
    jobs = empty_table(schema.tables["jobs"]).reindex(range(2))
    jobs["job_id"] = ["Jx", None]
    found = identify_rows(tables | {"jobs": jobs}, hasher(b"key"))["jobs"]["job_id"].tolist()
    assert found[0] == "Jx"
    assert found[1].startswith("J")


def test_what_identifies_a_row_is_a_field_of_its_table(schema: Schema) -> None:
    for name, fields in DERIVED.items():
        table = next(table for table in schema.tables.values() if table.key == (name,))
        assert set(fields) <= set(table.fields)
