from __future__ import annotations

import pandas as pd

from evaltools.clean.find_contradictions import find_contradictions
from evaltools.schema.table import Schema


def _people(**columns: list[object]) -> pd.DataFrame:
    rows = pd.DataFrame(columns)
    return rows.assign(_source=range(len(rows)), _part=0, main=True)


def test_rows_of_one_key_that_differ_are_all_at_fault(schema: Schema) -> None:
    rows = _people(
        participant_id=["P1", "P1", "P1", "P2", "P2", "P3"],
        sex=["female", "female", "male", "male", "male", "male"],
        birth_year=pd.array([1980, 1981, 1980, 1990, 1990, 1970], dtype="Int64"),
    )
    faults = find_contradictions(rows, schema.tables["participants"])
    assert faults["_source"].tolist() == [0, 1, 2]
    assert faults["why"].unique().tolist() == ["the rows differ in: Sex, Year of birth"]


def test_an_entry_that_only_one_row_has_is_a_difference(schema: Schema) -> None:
    rows = _people(participant_id=["P1", "P1"], sex=["female", None])
    assert len(find_contradictions(rows, schema.tables["participants"])) == 2


def test_age_and_site_may_differ_between_referrals(schema: Schema) -> None:
    rows = _people(participant_id=["P1", "P1"], age_at_referral=[30, 31], site_id=["a", "b"])
    assert find_contradictions(rows, schema.tables["participants"]).empty


def test_missing_parts_of_a_key_are_equal_to_each_other(schema: Schema) -> None:
    rows = _people(
        site_id=["a", "a"], measure=["engaged"] * 2, group_by=[None, None], group=[None, None],
        period_start=["2020-01"] * 2, period_end=["2020-12"] * 2, count=[3.0, 4.0],
    ).astype({"group_by": "string", "group": "string"})  # fmt: skip
    faults = find_contradictions(rows, schema.tables["counts"])
    assert faults["why"].tolist() == ["the rows differ in: Count"] * 2
