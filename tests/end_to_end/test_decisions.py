"""Decisions of people, from the workbook they fill in to the prepared tables."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from small_study import CLIENTS, write_study

from evaltools import pipeline
from evaltools.clean.decision_sheet import COLUMNS, HEAD, SHEET
from evaltools.study import Study, read_study

HEADINGS = list(COLUMNS)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return read_study(write_study(tmp_path / "small"))


def _prepared(study: Study) -> dict[str, pd.DataFrame]:
    folder = pipeline.prepare(study)
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in ("participants", "enrolments")}


def _workbook(study: Study) -> Path:
    return study.folder / "decisions" / "decisions.xlsx"


def _fill_in(study: Study, initials: str = "AB") -> None:
    """Answer every question as somebody at a desk would: the first choice of the list, initials, a note."""
    book = load_workbook(io.BytesIO(_workbook(study).read_bytes()))
    sheet = book[SHEET]
    for row in range(HEAD + 1, sheet.max_row + 1):
        options = sheet.cell(row, HEADINGS.index("Options") + 1).value.split("\n")
        for heading, text in (("Decision", options[0]), ("Initials", initials), ("Note", "asked the provider")):
            sheet.cell(row, HEADINGS.index(heading) + 1).value = text
    book.save(_workbook(study))


def _column(study: Study, heading: str) -> list[str]:
    sheet = load_workbook(_workbook(study))[SHEET]
    return [sheet.cell(row, HEADINGS.index(heading) + 1).value for row in range(HEAD + 1, sheet.max_row + 1)]


def test_the_way_round(study: Study) -> None:
    before = _prepared(study)
    assert len(before["participants"]) == 2, "the two rows that contradict each other are set aside, and so is a bad date"
    assert set(_column(study, "Status")) == {"to be decided"}

    _fill_in(study)
    after = _prepared(study)
    assert len(after["participants"]) == 3
    assert after["enrolments"]["first_contact_date"].isna().sum() == 2
    assert set(_column(study, "Status")) == {"applied"}
    assert set(_column(study, "Note")) == {"asked the provider"}
    ledger = pd.read_parquet(study.build / "private" / "ledger.parquet")
    assert (ledger["rule"] == "decision").sum() == 3

    content = _workbook(study).read_bytes()
    again = _prepared(study)
    assert all(again[name].equals(after[name]) for name in after)
    assert _workbook(study).read_bytes() == content


def test_without_initials_nothing_is_applied_and_it_is_said(study: Study) -> None:
    before = _prepared(study)
    _fill_in(study, initials="")
    after = _prepared(study)
    assert all(after[name].equals(before[name]) for name in before)
    pipeline.check(study)
    assert set(_column(study, "Status")) == {"not applied: initials are missing"}


def test_changed_data_are_not_decided_about(study: Study) -> None:
    _prepared(study)
    _fill_in(study)
    write_study(study.folder, CLIENTS.replace("C1,M,", "C1,Other,"))
    assert len(_prepared(study)["participants"]) == 2
    assert sorted(_column(study, "Status")) == [
        "applied",
        "applied",
        "not applied: no longer matches its data",
        "to be decided",
    ]
    assert _column(study, "Note").count("asked the provider") == 3


def test_the_workbook_is_private_and_the_people_in_it_have_no_names(study: Study) -> None:
    _prepared(study)
    path = _workbook(study)
    assert oct(path.stat().st_mode)[-3:] == "600"
    texts = {str(cell.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row if cell.value}
    assert not [text for text in texts for name in ("C1", "C2") if name in text.replace(" ", ",").split(",")]
