from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaltools.clean.coerce_birth_years import read_birth_year
from evaltools.domain.harmonised import Harmonised
from evaltools.schema.table import Schema

READ = [
    ("03/04/1985", ("dd/mm/yyyy",), 1985, ""),
    (datetime(1985, 4, 3), ("typed",), 1985, ""),
    ("1985", ("dd/mm/yyyy",), 1985, ""),
    ("1985", (), 1985, ""),
    ("03/04/1985", ("dd/mm/yyyy", "mm/dd/yyyy"), 1985, ""),
    ("03/04/1985", (), None, "D108"),
    ("30/06/45", ("dd/mm/yy",), 1945, "D109"),
    ("", ("dd/mm/yyyy",), None, ""),
    ("03/04/1885", ("dd/mm/yyyy",), None, "D108"),
    ("44289", ("serial 1900", "serial 1904"), None, "D103"),
]


@pytest.mark.parametrize(("cell", "notations", "year", "code"), READ)
def test_only_the_year_is_kept(
    cell: str | datetime, notations: tuple[str, ...], year: int | None, code: str, schema: Schema
) -> None:
    reading = read_birth_year(cell, notations, schema.tables["participants"].fields["birth_year"])
    assert reading.code == code
    assert reading.value == (None if code else year)


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)))
def test_every_day_of_birth_gives_its_year(schema: Schema, day: date) -> None:
    field = schema.tables["participants"].fields["birth_year"]
    assert read_birth_year(f"{day:%d/%m/%Y}", ["dd/mm/yyyy"], field).value == day.year


def test_a_column_of_days_of_birth_becomes_years(run: Callable[..., Harmonised]) -> None:
    columns = {
        "ID": {"field": "participants.participant_id"},
        "DOB": {"field": "participants.birth_year", "dates": ["dd/mm/yyyy"]},
    }
    layout = {"site": "camden", "files": ["a.csv"], "sheets": [{"columns": columns}]}
    done = run({"a.csv": "ID,DOB\nA1,03/04/1985\nA2,1990\n"}, layout)
    assert sorted(done.tables["participants"]["birth_year"]) == [1985, 1990]
    assert set(done.ledger.loc[done.ledger["column"] == "DOB", "rule"]) <= {"year of a day", "number"}
