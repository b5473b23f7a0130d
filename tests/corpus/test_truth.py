"""Every file of the corpus reads to its truth, cell by cell, or to its named error."""

from __future__ import annotations

import hashlib
import hmac

import pandas as pd
import pytest
from case_reading import KEY, read_case, read_once
from cases import SITE, Case, rows_of
from corpus_files import CASES

from evaltools.domain.harmonised import Harmonised
from evaltools.errors import LayoutError
from evaltools.schema.table import Schema

COUNTED = ("title", "header", "blank", "total", "rows", "kept", "merged", "quarantined")


def pseudonym(identifier: str) -> str:
    """The keyed hash that stands for a person, worked out here on its own."""
    message = f"participant_id\x1f{SITE}\x1f{identifier}".encode()
    return "P" + hmac.new(KEY, message, hashlib.sha256).hexdigest()[:16]


def people_of(done: Harmonised) -> list[tuple[str, ...]]:
    held = done.tables["participants"].merge(done.tables["enrolments"][["participant_id", "referral_date"]], how="left")
    return _shown(held, ["participant_id", "sex", "age_at_referral", "referral_date"])


def jobs_of(done: Harmonised) -> list[tuple[str, ...]]:
    return _shown(done.tables["jobs"], ["participant_id", "job_number", "start_date", "end_date", "hours_per_week"])


def _shown(frame: pd.DataFrame, columns: list[str]) -> list[tuple[str, ...]]:
    return sorted(tuple(_text(value) for value in row) for row in frame[columns].itertuples(index=False))


def _text(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    return (
        f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else f"{value:g}" if isinstance(value, float) else str(value)
    )


def _true(text: str) -> list[tuple[str, ...]]:
    return sorted((pseudonym(row[0]), *row[1:]) for row in rows_of(text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_reads_to_its_truth_or_to_its_named_error(case: Case, schema: Schema) -> None:
    if case.stopped:
        with pytest.raises(LayoutError) as stop:
            read_case(case, schema)
        assert case.stopped in str(stop.value)
        assert case.file in str(stop.value)
        return
    done = read_once(case, schema)
    assert people_of(done) == _true(case.people)
    assert jobs_of(done) == _true(case.jobs)
    assert_accounted(case, done)
    assert_said(case, done)


def assert_accounted(case: Case, done: Harmonised) -> None:
    held = done.accounting.set_index("sheet")
    if case.refused:
        assert held["status"].tolist() == ["refused"]
        assert case.refused in held["note"].iloc[0]
        return
    read = held[held["status"] == "read"]
    assert {sheet: " ".join(map(str, row[list(COUNTED)])) for sheet, row in read.iterrows()} == dict(case.lines)
    assert case.note in "; ".join(held["note"])


def assert_said(case: Case, done: Harmonised) -> None:
    """Every finding names the file, and the cells where there are any."""
    assert (done.findings["file"] == case.file).all()
    assert (done.findings["fix"] != "").all()
    assert set(done.findings["code"]) == set(case.said)
    for code, cells in case.said.items():
        if cells:
            said = done.findings.loc[done.findings["code"] == code, "cells"]
            assert "; ".join(sorted(said)) == cells, code
