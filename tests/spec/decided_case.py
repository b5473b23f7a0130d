"""Two clients of one site with an argument about the first, an unlikely day and unlikely months, for tests of decisions."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd

from evaltools.clean.ask_questions import DECISIONS
from evaltools.clean.assemble_tables import ORIGIN, Records, empty_table
from evaltools.clean.explain_rows import Places
from evaltools.clean.issues import Spot
from evaltools.schema.table import Schema

KEY = b"the study's key"
ROWS = (5, 9, 12, 13)  # of the sheet
FIELDS = {"participant_id": 0, "sex": 1, "referral_date": 2, "months_out_of_work": 3, "first_contact_date": 4}


def typed(schema: Schema, table: str, **columns: list[object]) -> pd.DataFrame:
    """A table with all its columns and types, and one record a row."""
    count = len(next(iter(columns.values())))
    empty = empty_table(schema.tables[table])
    rows = pd.DataFrame(
        {name: pd.Series(columns.get(name, [None] * count)).astype(dtype) for name, dtype in empty.dtypes.items()}
    )
    return rows.assign(_source=np.arange(count), _part=0 if table == "participants" else 1)


def tables(schema: Schema, sex: tuple[str, str] = ("female", "male")) -> dict[str, pd.DataFrame]:
    people = typed(
        schema, "participants", participant_id=["P1", "P1", "P2", "P3"], sex=[*sex, "male", "male"], site_id=["camden"] * 4
    )
    referred = ["2021-04-01", "2021-05-01", "1900-01-01", "2021-06-01"]
    enrolments = typed(
        schema,
        "enrolments",
        enrolment_id=["E1", "E2", "E3", "E4"],
        participant_id=["P1", "P1", "P2", "P3"],
        site_id=["camden"] * 4,
        referral_date=["2021-04-01", "2021-05-01", "2021-06-01", "2021-06-01"],
        first_contact_date=referred,
        months_out_of_work=[12, 999, 999, 3],
    )
    others = {
        name: empty_table(table).assign(**{each: pd.Series([], dtype="int64") for each in ORIGIN})
        for name, table in schema.tables.items()
    }
    return others | {"participants": people, "enrolments": enrolments}


def places() -> Places:
    spot = Spot("camden", "camden.xlsx", "Clients")
    parts = []
    for table in ("participants", "enrolments"):
        spots = {name: Spot("camden", "camden.xlsx", "Clients", at, name, table, name) for name, at in FIELDS.items()}
        parts.append(SimpleNamespace(table=table, spots=spots))
    return Places([spot], parts, Records.of([np.array(ROWS)]))


def answered(asked: pd.DataFrame, **changes: str) -> pd.DataFrame:
    """Decisions about every question asked: the first option, with initials."""
    first = asked["options"].str.split(" | ", regex=False).str[0]
    said = asked.assign(decision=first, initials="AB", note="", status="")
    return said.assign(**changes).reindex(columns=list(DECISIONS)).astype(DECISIONS)
