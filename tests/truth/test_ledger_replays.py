"""Raw + ledger + quarantine = canonical, on the demo and on generated providers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from benchmarks.provider_files import made_up_files
from evaltools.clean.harmonise import harmonise
from evaltools.clean.match_files import match_files
from evaltools.clean.read_file import read_file
from evaltools.clean.replay import replay
from evaltools.schema.layout import Layout
from evaltools.schema.read import read_schema
from evaltools.schema.read_layouts import read_layouts
from evaltools.synthetic.demo import demo_study

ROOT = Path(__file__).parents[2]


def _replays(files: Sequence[Path], root: Path, layouts: Sequence[Layout], data_cut: date) -> None:
    schema = read_schema(ROOT / "data_schema")
    done = harmonise(files, root, layouts, schema, b"key", data_cut)
    deliveries = match_files(files, root, layouts)
    raws = [
        (read_file(one.path, one.name, one.layout.encoding, one.layout.delimiter), one.layout)
        for one in deliveries
        if one.layout is not None
    ]
    again = replay(raws, done.ledger, done.quarantine, schema, b"key")
    for name, table in done.tables.items():
        assert_frame_equal(again[name], table)
        held, made = io.BytesIO(), io.BytesIO()
        table.to_parquet(held)
        again[name].to_parquet(made)
        assert held.getvalue() == made.getvalue()
    assert sum(map(len, done.tables.values())) > 1000


def test_the_demo_replays(tmp_path: Path) -> None:
    for name, content in demo_study().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    schema = read_schema(ROOT / "data_schema")
    files = sorted(path for path in (tmp_path / "raw").rglob("*") if path.is_file())
    _replays(files, tmp_path / "raw", read_layouts(tmp_path / "sites", schema), date(2019, 9, 30))


@pytest.mark.parametrize("seed", [1, 2])
def test_generated_providers_replay(seed: int, tmp_path: Path) -> None:
    providers = made_up_files(tmp_path, 7, 300, seed)
    _replays(sorted(tmp_path.iterdir()), tmp_path, [one.layout() for one in providers], date(2024, 12, 31))
