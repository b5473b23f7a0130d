"""The shipped schema, and a small copy of it in which a test can plant a fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evaltools.schema.read import read_schema

SHIPPED = Path(__file__).parents[3] / "data_schema"


@pytest.fixture(scope="session")
def schema():
    return read_schema(SHIPPED)


@pytest.fixture
def copied(tmp_path):
    """A copy of data_schema/ to be changed."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "data_schema"))


@pytest.fixture
def replaced():
    """replaced(path, old, new): change one place of a file."""

    def _replaced(path, old, new):
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return path

    return _replaced
