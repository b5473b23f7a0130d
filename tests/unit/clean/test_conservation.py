"""Nothing is lost: the conservation laws over mutated files, held against a counter that shares no code with the reader."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaltools.clean.harmonise import harmonise
from evaltools.domain.harmonised import Harmonised
from evaltools.errors import LayoutError
from evaltools.schema.layout import Layout
from evaltools.schema.table import Schema

HEADER = ["Client ID", "Sex", "Referred", "Job 1 start", "Job 1 hours", "Notes"]
ENTRIES = st.one_of(
    st.sampled_from(["", " ", "\u00a0", "F", "m ", "Fem", "#N/A", "#REF!", "Total", "16", "-4", "NA", "\u2018x\u2019"]),
    st.sampled_from(["01/02/2020", "31/02/2020", "2020-02-01", "01/02/2031", "44289", "soon", "line\nbreak", 'a"b', "x;y"]),
    st.text(alphabet="aZ0 ,;'\"\t\u200bé", max_size=6),
)
IDENTIFIERS = st.sampled_from(["", "ZQ-0007", "ZQ-0007 ", "ZQ-0008", "zq-0007", "ZQ-0009", "Total"])
ROWS = st.lists(st.tuples(IDENTIFIERS, *[ENTRIES] * 5), max_size=12)
LAYOUT = Layout.model_validate(
    {
        "site": "camden",
        "files": ["*"],
        "sheets": [
            {
                "columns": {
                    "Client ID": {"field": "participants.participant_id"},
                    "Sex": {"field": "participants.sex"},
                    "Referred": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy", "yyyy-mm-dd", "typed"]},
                },
                "repeats": [
                    {
                        "table": "jobs",
                        "times": 1,
                        "columns": {
                            "Job {n} start": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy", "serial 1900"]},
                            "Job {n} hours": {"field": "jobs.hours_per_week"},
                        },
                    }
                ],
                "ignore": ["Notes"],
            }
        ],
    }
)
FEW = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(FEW, max_examples=100)


def _clean(content: bytes, name: str, schema: Schema) -> Harmonised:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        done = harmonise([path], Path(folder), [LAYOUT], schema, b"key", date(2024, 12, 31))
        assert path.read_bytes() == content
    return done


def _cells(records: list[list[str]], done: Harmonised) -> dict[str, int]:
    """Count the cells of records by the column that they stand in, without any code of the reader."""
    blank = dict.fromkeys(map(ord, "\u200b\u00a0\t\r\n "))
    listed = done.ledger[done.ledger["rule"].isin(["header row", "total row"])]
    gone = {int(row) for cells in listed["cells"] for row in _numbers(cells)}
    uses = {"cells": 0, "mapped": 0, "ignored": 0, "unmapped": 0}
    for number, record in enumerate(records, 1):
        for position, cell in enumerate(record):
            if number not in gone and cell.translate(blank):
                uses["cells"] += 1
                uses["mapped" if position < 5 else "ignored" if position == 5 else "unmapped"] += 1
    return uses


def _numbers(cells: str) -> list[int]:
    held = [part.replace("A", "").split(":") for part in cells.split(", ")]
    return [row for ends in held for row in range(int(ends[0]), int(ends[-1]) + 1)]


def _holds(done: Harmonised, lines: int) -> None:
    accounting = done.accounting.iloc[0]
    assert accounting["status"] == "read"
    assert accounting["lines"] == lines
    assert accounting["lines"] == accounting[["title", "header", "blank", "total", "rows"]].sum()
    assert accounting["rows"] == accounting[["kept", "merged", "quarantined"]].sum()
    rows = done.quarantine[done.quarantine["level"] == "row"]
    assert len(rows) == rows["row"].nunique() == accounting["quarantined"]
    assert done.ledger["rule"].eq("merge").sum() == accounting["merged"]
    shown = "".join(frame.to_csv() for frame in (done.findings, done.accounting, *done.tables.values()))
    assert "zq-000" not in shown.casefold()
    identifiers = done.ledger[done.ledger["field"] == "participant_id"]
    assert identifiers[["raw", "new"]].eq("").all(axis=None)


def _hold_text(rows: list[tuple[str, ...]], schema: Schema) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([HEADER, *rows])
    lines = sum(1 for _ in csv.reader(io.StringIO(buffer.getvalue(), newline="")))
    _holds(_clean(buffer.getvalue().encode(), "a.csv", schema), lines)


@FEW
@given(rows=ROWS)
def test_text_files_lose_nothing(rows: list[tuple[str, ...]], schema: Schema) -> None:
    _hold_text(rows, schema)


@pytest.mark.slow
@MANY
@given(rows=ROWS)
def test_many_text_files_lose_nothing(rows: list[tuple[str, ...]], schema: Schema) -> None:
    _hold_text(rows, schema)


def _count_cells(rows: list[tuple[str, ...]], more: list[str], schema: Schema) -> None:
    plain = [[entry.replace("\n", " ") for entry in row] for row in rows]
    records = [[*HEADER, "Ward"], *([*row, extra] for row, extra in zip(plain, more, strict=False))]
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(records)
    done = _clean(buffer.getvalue().encode(), "a.csv", schema)
    names = ["cells", "mapped", "ignored", "unmapped"]
    assert done.accounting[names].iloc[0].to_dict() == _cells(records, done)


@FEW
@given(rows=ROWS, more=st.lists(st.sampled_from(["", "x", " ", "\u200b"]), max_size=12))
def test_every_cell_is_mapped_ignored_or_unmapped(rows: list[tuple[str, ...]], more: list[str], schema: Schema) -> None:
    _count_cells(rows, more, schema)


@pytest.mark.slow
@MANY
@given(rows=ROWS, more=st.lists(st.sampled_from(["", "x", " ", "\u200b"]), max_size=12))
def test_every_cell_of_many_files_is_mapped_ignored_or_unmapped(
    rows: list[tuple[str, ...]], more: list[str], schema: Schema
) -> None:
    _count_cells(rows, more, schema)


def _hold_workbook(rows: list[tuple[str, ...]], schema: Schema) -> None:
    book = openpyxl.Workbook()
    for row in [HEADER, *rows]:
        book.active.append([entry or None for entry in row])
    buffer = io.BytesIO()
    book.save(buffer)
    held = openpyxl.load_workbook(io.BytesIO(buffer.getvalue())).active.iter_rows(values_only=True)
    filled = [number for number, row in enumerate(held, 1) if any(cell not in (None, "") for cell in row)]
    _holds(_clean(buffer.getvalue(), "a.xlsx", schema), max(filled))


@FEW
@given(rows=ROWS)
def test_workbooks_lose_nothing(rows: list[tuple[str, ...]], schema: Schema) -> None:
    _hold_workbook(rows, schema)


@pytest.mark.slow
@MANY
@given(rows=ROWS)
def test_many_workbooks_lose_nothing(rows: list[tuple[str, ...]], schema: Schema) -> None:
    _hold_workbook(rows, schema)


def _read_damaged(cut: int, flips: list[tuple[int, int]], schema: Schema) -> None:
    book = openpyxl.Workbook()
    for row in [HEADER, ["ZQ-0007", "F", "01/02/2020", None, None, None]]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    content = bytearray(buffer.getvalue())
    for place, byte in flips:
        content[place % len(content)] = byte
    try:
        done = _clean(bytes(content[: len(content) - cut]), "a.xlsx", schema)
    except LayoutError:
        return  # a header was damaged: named, and the run stops
    assert set(done.accounting["status"]) <= {"read", "refused", "not used"}


@FEW
@given(cut=st.integers(0, 400), flips=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=4))
def test_a_damaged_workbook_is_read_or_refused(cut: int, flips: list[tuple[int, int]], schema: Schema) -> None:
    _read_damaged(cut, flips, schema)


@pytest.mark.slow
@MANY
@given(cut=st.integers(0, 400), flips=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=4))
def test_many_damaged_workbooks_are_read_or_refused(cut: int, flips: list[tuple[int, int]], schema: Schema) -> None:
    _read_damaged(cut, flips, schema)


@pytest.mark.parametrize("ending", ["", "\r", "\n\n\n", "\r\n \r\n"])
def test_line_ends_are_no_records(ending: str, schema: Schema) -> None:
    text = "\n".join([",".join(HEADER), "ZQ-0007,F,01/02/2020,,,"]) + ending
    lines = sum(1 for _ in csv.reader(io.StringIO(text, newline="")))
    done = _clean(text.encode(), "a.csv", schema)
    _holds(done, lines)
    assert done.accounting["rows"].tolist() == [1]
