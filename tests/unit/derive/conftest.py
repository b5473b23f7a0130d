"""Canonical tables and definition profiles in a few words; jobs to be drawn at random."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import strategies as st

from evaltools.domain.definition import Definition
from evaltools.schema.read import read_schema

_SCHEMA = read_schema(Path(__file__).parents[3] / "data_schema")
_PROFILE = Definition(
    id="test",
    version="1",
    title="A test",
    source="none",
    description="none",
    engaged_first_of=("engaged_date",),
    job_start_denominator="engaged",
    minimum_paid_hours=0,
    competitive_only=True,
    sustained_weeks=(6, 13, 26),
    gap_days=0,
    inclusive_days=False,
    hours_threshold=16,
    exactly_threshold="counts",
)
_ENROLMENT = {
    "enrolment_id": "e1",
    "participant_id": "ann",
    "site_id": "north",
    "referral_date": "2018-01-01",
    "employment_at_referral": "unemployed",
    "last_contact_date": "2018-12-31",
}
_JOB = {"job_id": "j1", "participant_id": "ann", "site_id": "north", "hours_per_week": 20, "competitive": True}


def _table(name: str, defaults: dict[str, object], rows: tuple[dict[str, object], ...]) -> pd.DataFrame:
    table = _SCHEMA.tables[name]
    frame = pd.DataFrame([{**defaults, **row} for row in rows])
    return frame.reindex(columns=list(table.fields)).astype(table.types())


@pytest.fixture(scope="session")
def enrolments():
    """enrolments({...}, ...): the canonical table; what a row does not say is as for Ann, referred on 1 January 2018."""
    return lambda *rows: _table("enrolments", _ENROLMENT, rows)


@pytest.fixture(scope="session")
def jobs():
    """jobs({...}, ...): the canonical table; a row needs start_date, the rest is a competitive job of 20 hours of Ann's."""
    return lambda *rows: _table("jobs", _JOB, rows)


@pytest.fixture(scope="session")
def profile():
    """profile(...): a definition profile with some rules changed."""
    return lambda **changes: dataclasses.replace(_PROFILE, **changes)


@pytest.fixture(scope="session")
def job_histories():
    """A strategy, to be drawn from with hypothesis' data(): jobs of up to three people within 60 days."""
    return _job_histories


@st.composite
def _job_histories(draw):
    rows = draw(
        st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 60), st.integers(0, 20), st.booleans()), max_size=10)
    )
    first = pd.Timestamp("2019-01-01")
    return pd.DataFrame(
        {
            "participant_id": pd.Series([who for who, *_ in rows], dtype="string"),
            "start_date": pd.to_datetime([first + pd.Timedelta(days=start) for _, start, _, _ in rows]),
            "known_until": pd.to_datetime([first + pd.Timedelta(days=start + length) for _, start, length, _ in rows]),
            "ended": pd.Series([ended for *_, ended in rows], dtype=bool),
            "hours_per_week": pd.Series([float(number) for number in range(len(rows))], dtype="Float64"),
        }
    )
