from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.deliveries import Delivered
from evaltools.clean.newest_wins import Newest, made_up_keys, newest_wins
from evaltools.clean.restatements import no_restatements
from evaltools.schema.table import Schema

MONTHS = {"jan": "2024-01-31", "feb": "2024-02-29", "mar": "2024-03-31", "": "NaT"}


def _table(schema: Schema, name: str, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    table = schema.tables[name]
    frame = pd.DataFrame([*rows], columns=[*table.fields, "_source"]).astype({**table.types(), "_source": "int64"})
    return frame.assign(_part=0)


def _settle(schema: Schema, name: str, *rows: tuple[str, Mapping[str, object]], erases: bool = False) -> Newest:
    """Settle rows, each with the month of its delivery; record number = place in the list."""
    held = [{**values, "_source": number} for number, (_, values) in enumerate(rows)]
    on = np.array([MONTHS[month] for month, _ in rows], dtype="datetime64[D]")
    dated = ~np.isnat(on)
    delivered = Delivered(on, np.where(dated, 0, -1), np.full(len(on), erases) & dated, on[dated].max(keepdims=True))
    tables = {name: _table(schema, name, held)}
    made_up = {name: np.array([values.get("made_up", False) for _, values in rows], dtype=bool)}
    return newest_wins(tables, schema, delivered, made_up)


def _said(done: Newest) -> list[tuple[str, ...]]:
    days = {pd.Timestamp(day): month for month, day in MONTHS.items() if month}
    return sorted(
        (row.what, row.field, days[row.from_delivery], days[row.to_delivery], row.old, row.new)
        for row in done.restatements.itertuples()
    )


def test_the_newest_stated_value_wins_and_every_restatement_is_kept(schema: Schema) -> None:
    done = _settle(
        schema, "participants",
        ("feb", {"participant_id": "P1", "sex": "male", "birth_year": 1980}),
        ("jan", {"participant_id": "P1", "sex": "female", "birth_year": 1980, "cohort": "smi"}),
        ("mar", {"participant_id": "P1", "sex": "female"}),
    )  # fmt: skip
    assert done.tables["participants"][["sex", "birth_year", "cohort", "_source"]].to_numpy().tolist() == [
        ["female", 1980, "smi", 2]
    ]
    assert _said(done) == [
        ("carried", "birth_year", "feb", "mar", "1980", ""),
        ("carried", "cohort", "jan", "mar", "smi", ""),
        ("restated", "sex", "feb", "mar", "male", "female"),
        ("restated", "sex", "jan", "feb", "female", "male"),
    ]
    assert done.copies[["_source", "into"]].to_numpy().tolist() == [[1, 2], [0, 2]]


def test_an_empty_cell_erases_only_where_the_layout_says_so(schema: Schema) -> None:
    rows = (
        ("jan", {"participant_id": "P1", "sex": "male", "cohort": "smi"}),
        ("feb", {"participant_id": "P1", "sex": "male"}),
    )
    assert _settle(schema, "participants", *rows).tables["participants"]["cohort"].tolist() == ["smi"]
    done = _settle(schema, "participants", *rows, erases=True)
    assert done.tables["participants"]["cohort"].isna().tolist() == [True]
    assert _said(done) == [("erased", "cohort", "jan", "feb", "smi", "")]


def test_a_row_that_vanished_is_kept_and_said(schema: Schema) -> None:
    done = _settle(
        schema, "participants",
        ("jan", {"participant_id": "P1", "sex": "male"}),
        ("jan", {"participant_id": "P2", "sex": "male"}),
        ("feb", {"participant_id": "P2", "sex": "male"}),
    )  # fmt: skip
    assert done.tables["participants"]["participant_id"].tolist() == ["P1", "P2"]
    assert _said(done) == [("gone", "", "jan", "feb", "", "")]
    assert done.restatements["key"].tolist() == ["P1"]


def test_two_rows_of_one_delivery_are_left_for_the_search_for_contradictions(schema: Schema) -> None:
    done = _settle(
        schema, "participants",
        ("jan", {"participant_id": "P1", "sex": "female", "cohort": "smi"}),
        ("feb", {"participant_id": "P1", "sex": "male"}),
        ("feb", {"participant_id": "P1", "sex": "female"}),
    )  # fmt: skip
    assert done.tables["participants"]["sex"].tolist() == ["male", "female"]
    assert done.tables["participants"]["cohort"].tolist() == ["smi", "smi"]
    assert [row[:2] for row in _said(done)] == [("carried", "cohort")]


def test_what_an_older_delivery_contradicts_is_never_carried(schema: Schema) -> None:
    done = _settle(
        schema, "participants",
        ("jan", {"participant_id": "P1", "sex": "female"}),
        ("jan", {"participant_id": "P1", "sex": "male"}),
        ("feb", {"participant_id": "P1"}),
    )  # fmt: skip
    assert done.tables["participants"]["sex"].isna().all()
    assert done.copies["into"].tolist() == [2, 2]


def test_a_corrected_referral_date_does_not_make_a_second_referral(schema: Schema) -> None:
    made = {"participant_id": "P1", "made_up": True}
    done = _settle(
        schema, "enrolments",
        ("jan", made | {"enrolment_id": "E1", "referral_date": "2023-05-01", "discharge_date": "2023-09-01"}),
        ("feb", made | {"enrolment_id": "E2", "referral_date": "2023-05-11"}),
        ("mar", made | {"enrolment_id": "E2", "referral_date": "2023-05-11"}),
    )  # fmt: skip
    assert done.tables["enrolments"][["enrolment_id", "_source"]].to_numpy().tolist() == [["E2", 2]]
    assert done.tables["enrolments"]["discharge_date"].isna().all()  # of another identifier nothing is carried
    assert _said(done) == [("restated", "referral_date", "jan", "feb", "2023-05-01", "2023-05-11")]


def test_a_referral_date_that_can_no_longer_be_read_keeps_its_old_value_and_identifier(schema: Schema) -> None:
    made = {"participant_id": "P1", "made_up": True}
    rows = (
        ("jan", made | {"enrolment_id": "E1", "referral_date": "2023-05-01", "referral_source": "self"}),
        ("feb", made | {"enrolment_id": "E0", "discharge_date": "2023-09-01"}),
        ("mar", made | {"enrolment_id": "E0", "discharge_date": "2023-09-02"}),
    )
    done = _settle(schema, "enrolments", *rows)
    columns = ["enrolment_id", "referral_source", "_source"]
    assert done.tables["enrolments"][columns].to_numpy().tolist() == [["E1", "self", 2]]
    assert done.tables["enrolments"]["referral_date"].astype(str).tolist() == ["2023-05-01"]
    assert [row[:2] for row in _said(done)] == [
        ("carried", "referral_date"), ("carried", "referral_source"), ("restated", "discharge_date")
    ]  # fmt: skip
    erased = _settle(schema, "enrolments", *rows, erases=True)
    assert erased.tables["enrolments"]["referral_date"].isna().all()  # and the row is then set aside, for want of a date


@pytest.mark.parametrize(
    ("other", "ids"),
    [
        ({"made_up": False}, ["E1", "E2"]),  # the provider's own identifiers say that these are two
        ({"participant_id": "P2"}, ["E1", "E2"]),  # another person
    ],
)
def test_rows_that_are_not_surely_one_are_both_kept(schema: Schema, other: dict[str, object], ids: list[str]) -> None:
    made = {"participant_id": "P1", "made_up": True}
    done = _settle(
        schema, "enrolments",
        ("jan", made | {"enrolment_id": "E1", "referral_date": "2023-05-01"}),
        ("feb", made | {"enrolment_id": "E2", "referral_date": "2023-05-11"} | other),
    )  # fmt: skip
    assert done.tables["enrolments"]["enrolment_id"].tolist() == ids


def test_two_that_come_for_one_that_goes_are_not_paired(schema: Schema) -> None:
    made = {"participant_id": "P1", "made_up": True}
    done = _settle(
        schema, "enrolments",
        ("jan", made | {"enrolment_id": "E1", "referral_date": "2023-05-01"}),
        ("feb", made | {"enrolment_id": "E2", "referral_date": "2023-05-11"}),
        ("feb", made | {"enrolment_id": "E3", "referral_date": "2023-11-11"}),
    )  # fmt: skip
    assert done.tables["enrolments"]["enrolment_id"].tolist() == ["E1", "E2", "E3"]
    assert [row[0] for row in _said(done)] == ["gone"]


def test_jobs_are_paired_by_their_number(schema: Schema) -> None:
    made = {"participant_id": "P1", "made_up": True}
    done = _settle(
        schema, "jobs",
        ("jan", made | {"job_id": "J1", "job_number": 1, "start_date": "2023-05-01"}),
        ("jan", made | {"job_id": "J2", "job_number": 2, "start_date": "2023-07-01"}),
        ("feb", made | {"job_id": "J3", "job_number": 1, "start_date": "2023-05-02"}),
        ("feb", made | {"job_id": "J4", "job_number": 2, "start_date": "2023-07-02"}),
    )  # fmt: skip
    assert done.tables["jobs"]["job_id"].tolist() == ["J3", "J4"]
    assert [row[4:] for row in _said(done)] == [("2023-05-01", "2023-05-02"), ("2023-07-01", "2023-07-02")]


def test_without_a_declaration_nothing_changes(schema: Schema) -> None:
    rows = _table(schema, "participants", [{"participant_id": "P1", "_source": 0}, {"participant_id": "P1", "_source": 1}])
    never, nothing = np.full(2, "NaT", dtype="datetime64[D]"), np.array([], dtype="datetime64[D]")
    none = Delivered(never, np.array([-1, -1]), np.zeros(2, dtype=bool), nothing)
    left = newest_wins({"participants": rows}, schema, none, made_up_keys({"participants": rows}, schema))
    pd.testing.assert_frame_equal(left.tables["participants"], rows)
    pd.testing.assert_frame_equal(left.restatements, no_restatements())
    assert left.copies.empty


CELLS = st.tuples(
    st.sampled_from(["jan", "feb", "mar", ""]), st.sampled_from("ABC"), st.sampled_from(["male", "female", None])
)


@given(cells=st.lists(CELLS, min_size=1, max_size=14).filter(lambda cells: any(cell[0] for cell in cells)))
def test_rows_are_conserved_and_the_value_is_the_last_clear_one(
    schema: Schema, cells: list[tuple[str, str, str | None]]
) -> None:
    done = _settle(schema, "participants", *[(month, {"participant_id": who, "sex": sex}) for month, who, sex in cells])
    left = done.tables["participants"]
    assert sorted([*left["_source"], *done.copies["_source"]]) == list(range(len(cells)))
    assert not set(done.copies["into"]) - set(left["_source"])
    for who, rows in left.groupby("participant_id"):
        dated = rows[[cells[number][0] != "" for number in rows["_source"]]]
        if len(dated) == 1:
            by_month = [
                [sex for month, name, sex in cells if name == who and month == each] for each in ("jan", "feb", "mar")
            ]
            clear = [set(month) - {None} for month in by_month]
            stated = [held.pop() for held in clear if len(held) == 1]
            assert (dated["sex"].iloc[0] if dated["sex"].notna().all() else None) == (stated[-1] if stated else None)
            said = done.restatements[(done.restatements["key"] == who) & (done.restatements["what"] == "restated")]
            assert len(said) == sum(one != other for one, other in pairwise(stated))
