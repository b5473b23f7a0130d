"""Read a file of the corpus as a study would."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import yaml
from cases import CUT, Case

from evaltools.clean.harmonise import harmonise
from evaltools.domain.harmonised import Harmonised
from evaltools.schema.read_layouts import read_layouts
from evaltools.schema.table import Schema

KEY = b"corpus key"
_READ: dict[str, Harmonised] = {}


def read_case(case: Case, schema: Schema, content: bytes | None = None) -> Harmonised:
    """Read the file (or other bytes in its place) as a study would: from raw/, by the layout in sites/."""
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        (folder / "raw").mkdir()
        (folder / "sites").mkdir()
        path = folder / "raw" / case.file
        path.write_bytes(case.content if content is None else content)
        (folder / "sites" / "camden.yaml").write_text(yaml.safe_dump(dict(case.layout), allow_unicode=True), "utf-8")
        done = harmonise(
            [path], folder / "raw", read_layouts(folder / "sites", schema), schema, KEY, date.fromisoformat(CUT)
        )
        assert path.read_bytes() == (case.content if content is None else content), "the original was touched"
    return done


def read_once(case: Case, schema: Schema) -> Harmonised:
    """Read the file as it is, once for all tests."""
    if case.name not in _READ:
        _READ[case.name] = read_case(case, schema)
    return _READ[case.name]
