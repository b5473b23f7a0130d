from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evaltools.clean.deliveries import Delivered
from evaltools.clean.delivery_chains import Chains, chain_rows
from evaltools.schema.read import read_schema
from evaltools.schema.table import Schema

ROOT = Path(__file__).parents[3]
DAYS = {1: "2024-01-31", 2: "2024-02-29", 3: "2024-03-31"}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return read_schema(ROOT / "data_schema")


def _chains(schema: Schema, *rows: tuple[int, str, str | None], series: tuple[int, ...] = ()) -> Chains:
    """Rows of one person: delivery, identifier made from the start of a job, and that start."""
    frame = pd.DataFrame({"job_id": [row[1] for row in rows], "participant_id": "P1"}, dtype="string")
    frame["start_date"] = pd.to_datetime([row[2] for row in rows])
    frame["job_number"] = pd.array([pd.NA] * len(rows), dtype="Int64")
    frame["_source"] = np.arange(len(rows))
    on = np.array([DAYS[row[0]] for row in rows], dtype="datetime64[D]")
    of = np.array(series or [0] * len(rows))
    newest = np.array([on[of == number].max() for number in range(of.max() + 1)])
    delivered = Delivered(on, of, np.zeros(len(rows), dtype=bool), newest)
    return chain_rows(frame, np.arange(len(rows)), schema.tables["jobs"], delivered, np.ones(len(rows), dtype=bool))


def test_the_versions_of_a_row_follow_each_other_whatever_their_order(schema: Schema) -> None:
    chains = _chains(schema, (3, "J1", "2023-05-01"), (1, "J1", "2023-05-01"), (2, "J1", "2023-05-01"))
    assert chains.row.tolist() == [1, 2, 0]
    assert chains.stays.tolist() == [False, False, True]
    assert chains.last.tolist() == [2, 2, 2]
    assert chains.start.tolist() == [0, 0, 0]


def test_an_identifier_that_changes_twice_is_one_chain(schema: Schema) -> None:
    chains = _chains(schema, (1, "J1", "2023-05-01"), (2, "J2", "2023-05-02"), (3, "J3", "2023-05-03"))
    assert len(set(chains.chain)) == 1
    assert chains.key_start.tolist() == [0, 1, 2]


def test_an_identifier_without_its_date_counts_as_the_one_before(schema: Schema) -> None:
    chains = _chains(schema, (1, "J1", "2023-05-01"), (2, "J0", None), (3, "J0", None))
    assert chains.nameless.tolist() == [False, True, True]
    assert chains.key_start.tolist() == [0, 0, 0]


def test_a_row_that_comes_a_delivery_later_is_another(schema: Schema) -> None:
    other = ("JX", "2020-01-01")
    chains = _chains(schema, (1, "J1", "2023-05-01"), (1, *other), (2, *other), (3, *other), (3, "J2", "2023-05-02"))
    assert len(set(chains.chain)) == 3


def test_returns_of_two_providers_are_never_chained(schema: Schema) -> None:
    chains = _chains(schema, (1, "J1", "2023-05-01"), (2, "J1", "2023-05-01"), series=(0, 1))
    assert len(set(chains.chain)) == 2
    assert chains.stays.all()
