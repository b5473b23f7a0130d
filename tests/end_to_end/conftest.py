from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from evaltools.study import Study, read_study

STUDY = """
[study]
id = "small"
title = "Two small sites"
kind = "records"
synthetic = true
data_cut = 2024-12-31
definitions = ["lcf_mhep"]
public_key = "made-up people: nothing to protect"

[[sites]]
id = "north"
name = "North"

[[sites]]
id = "south"
name = "South"

[contacts]
open_means_seen = ["north", "south"]

[release]
profile = "open"
"""


@pytest.fixture
def small_study(tmp_path: Path) -> Callable[..., Study]:
    """Write a study of two sites: raw files by name, layouts by site, and more settings as TOML."""

    def make(files: Mapping[str, str | bytes], layouts: Mapping[str, Mapping[str, object]], more: str = "") -> Study:
        folder = tmp_path / "small"
        for name, content in files.items():
            path = folder / "raw" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        (folder / "sites").mkdir(exist_ok=True)
        for site, layout in layouts.items():
            (folder / "sites" / f"{site}.yaml").write_text(yaml.safe_dump({"site": site, **layout}), encoding="utf-8")
        (folder / "study.toml").write_text(STUDY + more, encoding="utf-8")
        return read_study(folder)

    return make
