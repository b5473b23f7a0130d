from __future__ import annotations

import pandas as pd
import pytest

from evaltools.derive.find_doubts import DOUBTS, doubted_people, doubted_rows, find_doubts, no_doubts
from evaltools.domain.harmonised import QUARANTINE


@pytest.fixture
def found(enrolments, jobs):
    """found(rows of the quarantine): doubts of one sheet that gives an enrolment and two jobs a row."""
    tables = {
        "enrolments": enrolments({"discharge_date": None}, {"enrolment_id": "e2", "participant_id": "bob"}),
        "jobs": jobs({"start_date": "2018-03-01"}, {"job_id": "j2", "start_date": "2018-06-01", "end_date": "2018-07-01"}),
    }
    places = pd.DataFrame({"table": ["enrolments", "enrolments", "jobs", "jobs"], "part": [0, 0, 1, 2], "row": [5, 6, 5, 5]})
    spots = pd.DataFrame(
        [(0, 2, "enrolments", "discharge_date"), (1, 27, "jobs", "end_date"), (2, 28, "jobs", "end_date")],
        columns=["part", "position", "table", "field"],
    ).assign(file="a.xlsx", sheet="S")
    people = pd.DataFrame({"file": "a.xlsx", "sheet": "S", "row": [5, 6, 7], "participant_id": ["ann", "bob", "cy"]})

    def _found(*rows):
        held = pd.DataFrame([{"file": "a.xlsx", "sheet": "S", **row} for row in rows], columns=list(QUARANTINE))
        return find_doubts(held.astype(QUARANTINE), people, places, spots, tables)

    return _found


def test_a_value_is_in_doubt_where_its_row_was_kept_without_it(found):
    told = found({"level": "value", "row": 5, "cell": "AB5"}, {"level": "value", "row": 5, "cell": "AC5"})
    assert told.astype(object).where(told.notna(), None).values.tolist() == [["ann", "jobs", "end_date", "j1"]]
    assert doubted_rows(told, "jobs", ("end_date",)).tolist() == ["j1"]
    assert doubted_people(told, "jobs").empty  # of the row itself nothing was set aside
    assert dict(told.dtypes.astype(str)) == DOUBTS


def test_a_row_is_in_doubt_for_every_table_that_its_sheet_gives(found):
    told = found({"level": "row", "row": 6})
    assert told[["participant_id", "table"]].values.tolist() == [["bob", "enrolments"], ["bob", "jobs"]]
    assert doubted_people(told, "jobs").tolist() == ["bob"]


def test_a_part_of_a_row_is_in_doubt_for_its_own_table(found):
    assert found({"level": "row", "row": 5, "part": 2})[["participant_id", "table"]].values.tolist() == [["ann", "jobs"]]


def test_nothing_set_aside_and_rows_of_nobody_give_no_doubts(found):
    assert found().equals(no_doubts())
    assert found({"level": "row", "row": 99}, {"level": "file"}).empty
