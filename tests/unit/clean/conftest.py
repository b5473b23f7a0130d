from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from evaltools.clean.clean_column import Rules
from evaltools.clean.harmonise import harmonise
from evaltools.clean.issues import Spot
from evaltools.clean.pseudonymise import hasher
from evaltools.clean.sheet import Sheet
from evaltools.domain.harmonised import Harmonised
from evaltools.schema.layout import Layout
from evaltools.schema.read import read_schema
from evaltools.schema.table import Schema

ROOT = Path(__file__).parents[3]
CUT = date(2024, 12, 31)

PEOPLE = {
    "Client ID": {"field": "participants.participant_id"},
    "Sex": {"field": "participants.sex"},
    "Referred": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy", "typed"]},
    "Closed": {"field": "enrolments.discharge_date", "dates": ["dd/mm/yyyy", "typed"], "optional": True},
}
JOBS = {
    "Client ID": {"field": "jobs.participant_id"},
    "Start": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy"]},
    "End": {"field": "jobs.end_date", "dates": ["dd/mm/yyyy"]},
    "Hours": {"field": "jobs.hours_per_week"},
}


@pytest.fixture(scope="session")
def schema() -> Schema:
    return read_schema(ROOT / "data_schema")


@pytest.fixture(scope="session")
def rules(schema: Schema) -> Rules:
    return Rules(schema, CUT, hasher(b"key"), "camden", {})


@pytest.fixture
def spot() -> Spot:
    return Spot("camden", "a.xlsx", "Clients", 2, "Sex", "participants", "sex")


@pytest.fixture(scope="session")
def sheet_of() -> Callable[..., Sheet]:
    """A sheet from rows of cells; None is an empty cell."""

    def make(*rows: list[str | datetime | None], name: str = "Clients", **parts: object) -> Sheet:
        width = max(map(len, rows))
        cells = [["" if cell is None else cell for cell in [*row, *[None] * (width - len(row))]] for row in rows]
        frame = pd.DataFrame(cells, index=pd.RangeIndex(1, len(rows) + 1), dtype=object)
        return Sheet("a.xlsx", name, frame, **parts)  # type: ignore[arg-type]

    return make


@pytest.fixture
def run(tmp_path: Path, schema: Schema) -> Callable[..., Harmonised]:
    """Clean text files: run({'a.csv': text}, layout, ...), each layout as its settings."""

    def make(files: Mapping[str, str | bytes], *layouts: Mapping[str, object], cut: date = CUT) -> Harmonised:
        raw = tmp_path / "raw"
        raw.mkdir(exist_ok=True)
        for name, content in files.items():
            (raw / name).write_bytes(content.encode() if isinstance(content, str) else content)
        held = [Layout.model_validate(layout) for layout in layouts]
        return harmonise(sorted(raw.iterdir()), raw, held, schema, b"key", cut)

    return make


@pytest.fixture(scope="session")
def people_layout() -> dict[str, object]:
    return {"site": "camden", "files": ["clients*"], "sheets": [{"columns": PEOPLE}]}


@pytest.fixture(scope="session")
def jobs_layout() -> dict[str, object]:
    return {"site": "camden", "files": ["jobs*"], "sheets": [{"columns": JOBS}]}
