"""What the tests of the corpus share."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaltools.schema.read import read_schema
from evaltools.schema.table import Schema


@pytest.fixture(scope="session")
def schema() -> Schema:
    return read_schema(Path(__file__).parents[2] / "data_schema")
