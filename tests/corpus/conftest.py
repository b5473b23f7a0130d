"""The corpus's own builders are found by their plain names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evaltools.schema.read import read_schema
from evaltools.schema.table import Schema

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def schema() -> Schema:
    return read_schema(Path(__file__).parents[2] / "data_schema")
