from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from evaltools.synthetic.demo import demo_study

FOLDER = Path(__file__).parents[3] / "analyses" / "studies" / "demo"


def content(data: bytes) -> object:
    """The parts of a zip with their times: how well they are packed depends on the machine's zlib."""
    if data[:2] != b"PK" or not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    pack = zipfile.ZipFile(io.BytesIO(data))
    return [(entry.filename, entry.date_time, pack.read(entry)) for entry in pack.infolist()]


def test_two_calls_give_the_same_bytes(study: dict[str, bytes]) -> None:
    assert demo_study() == study


def test_the_committed_folder_is_what_the_code_writes(study: dict[str, bytes]) -> None:
    found = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}
    made_here = {path for path in found if path.split("/")[0] in ("raw", "sites", "study.toml", "truth.json")}
    assert made_here == set(study)
    assert [path for path in sorted(study) if content(found[path].read_bytes()) != content(study[path])] == []


def test_another_seed_gives_other_people_with_the_same_faults(study: dict[str, bytes]) -> None:
    first, other = json.loads(study["truth.json"]), json.loads(demo_study(7)["truth.json"])
    assert first["true"] != other["true"]
    assert set(first["nastiness"]) == set(other["nastiness"])


def test_provider_files_are_small_and_each_reads_or_is_refused(study: dict[str, bytes]) -> None:
    raw = {path.removeprefix("raw/"): data for path, data in study.items() if path.startswith("raw/")}
    assert sum(map(len, raw.values())) < 2_000_000
    assert set(raw) == {account["file"] for account in json.loads(study["truth.json"])["accounting"]}


@pytest.mark.parametrize("table", ["participants", "enrolments", "jobs"])
def test_the_readable_part_is_nearly_everything(study: dict[str, bytes], table: str) -> None:
    rows = json.loads(study["truth.json"])["rows"]
    assert 0 < rows["true"][table] - rows["readable"][table] <= 15
