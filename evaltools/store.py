"""The stage folders: written whole or not at all, each ending in a manifest that says from what it was made."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import TypeAdapter

from evaltools.domain.release import Meta, Release
from evaltools.domain.results import CHECKS, COUNTS, CURVES, ESTIMATES, Results, tidy
from evaltools.errors import Problem, UsageError

__all__ = [
    "file_hash",
    "files_hash",
    "is_current",
    "open_release",
    "read_manifest",
    "read_page_inputs",
    "read_results",
    "read_tables",
    "shipped",
    "stage",
    "write_bytes",
    "write_page_inputs",
    "write_private",
    "write_release",
    "write_results",
    "write_tables",
    "write_text",
]

_RESULTS = {"estimates": ESTIMATES, "curves": CURVES, "counts": COUNTS, "checks": CHECKS}
_FRICTIONLESS = {"string": "string", "Float64": "number"}


def shipped(*parts: str) -> Path:
    """Path of something that ships with evaltools (data_schema, analyses, reports/style): in the wheel or the repository."""
    inside = Path(__file__).parent / "shipped"
    return (inside if inside.is_dir() else Path(__file__).parents[1]).joinpath(*parts)


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def files_hash(root: Path, paths: Mapping[str, Path] | None = None, pattern: str = "**/*") -> dict[str, str]:
    """Hash of every file under a folder, by its path from there, in order."""
    found = (
        paths
        if paths is not None
        else {path.relative_to(root).as_posix(): path for path in sorted(root.glob(pattern)) if path.is_file()}
    )
    return {name: file_hash(path) for name, path in sorted(found.items()) if "__pycache__" not in name}


@contextmanager
def stage(folder: Path, inputs: Mapping[str, str]) -> Iterator[Path]:
    """Give a temporary folder to write a stage into; it takes the place of `folder` when it is complete.

    inputs: what the stage was made from, name and hash; written to manifest.json with the hash of each output.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield temporary
        manifest = {"inputs": dict(sorted(inputs.items())), "outputs": files_hash(temporary)}
        (temporary / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        old = temporary.with_name(temporary.name + "-old")
        if folder.name == "3_released":
            temporary.chmod(0o755)  # it may be shared; the stages before it are for their owner alone
        if folder.exists():
            folder.rename(old)
        temporary.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read a stage's manifest; empty where there is none that can be read."""
    return _read_record(folder / "manifest.json")


def _read_record(path: Path) -> dict[str, Any]:
    """Read a JSON object; a file that was cut short or overwritten counts as none, so that what it vouches for is stale."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def is_current(folder: Path, inputs: Mapping[str, str]) -> bool:
    """Say whether a stage was made from exactly these inputs and is still as it was written."""
    manifest = read_manifest(folder)
    if manifest.get("inputs") != dict(sorted(inputs.items())):
        return False
    held = {name: value for name, value in files_hash(folder).items() if name != "manifest.json"}
    return bool(held == manifest.get("outputs"))


def write_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write frames as Parquet."""
    for name, frame in tables.items():
        frame.to_parquet(folder / f"{name}.parquet", index=False)


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """Read every Parquet file of a stage, by name."""
    return {path.stem: pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}


def write_private(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write frames that hold personal data: folder mode 0700, files 0600, each replaced at once."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    for name, frame in tables.items():
        handle, temporary = tempfile.mkstemp(prefix=f".{name}-", dir=folder)
        with os.fdopen(handle, "wb") as target:
            frame.to_parquet(target, index=False)
        Path(temporary).chmod(0o600)
        Path(temporary).replace(folder / f"{name}.parquet")


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all, as UTF-8 with plain line ends."""
    write_bytes(path, text.encode("utf-8"))


def _page_record(build: Path, page: Path) -> Path:
    return build / "4_reports" / f"{page.name}.json"


def write_page_inputs(build: Path, page: Path, inputs: Mapping[str, str]) -> None:
    """Remember from what a page was made, and what it is."""
    record = {"inputs": dict(inputs), "page": file_hash(page)}
    write_text(_page_record(build, page), json.dumps(record, indent=1) + "\n")


def read_page_inputs(build: Path, page: Path) -> dict[str, str]:
    """Give what a page was made from; empty where it is missing or was changed since."""
    record = _read_record(_page_record(build, page))
    whole = page.is_file() and record.get("page") == file_hash(page)
    return dict(record.get("inputs", {})) if whole else {}


def write_results(folder: Path, results: Results) -> None:
    """Write the four tidy tables as Parquet."""
    write_tables(folder, results.tables())


def read_results(folder: Path) -> Results:
    """Read the four tidy tables of 2_estimated."""
    return Results(**{name: tidy(frame, _RESULTS[name]) for name, frame in read_tables(folder).items() if name in _RESULTS})


def write_release(folder: Path, release: Release) -> None:
    """Write released tables as CSV with a `datapackage.json` (Frictionless Table Schema) that carries the study's facts."""
    resources = []
    for name, frame in release.results.tables().items():
        frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        fields = [{"name": column, "type": _FRICTIONLESS[kind]} for column, kind in _RESULTS[name].items()]
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    package = {
        "name": release.meta.study,
        "title": release.meta.title,
        "resources": resources,
        "evaltools": asdict(release.meta),
    }
    text = json.dumps(package, indent=1, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def open_release(folder: str | Path) -> Release:
    """Open a `3_released` folder: the only numbers that a report can see.

    folder: for example build/demo/3_released. Raises UsageError when it holds no complete release.
    """
    place = Path(folder)
    if place.name != "3_released" or not (place / "manifest.json").is_file():
        fix = "run 'evaltools release' for the study first, and give the folder build/<study>/3_released"
        raise UsageError(Problem("U102", "there is no release here", place.name, fix=fix))
    frames = {}
    missing = [
        name for name in [*(f"{table}.csv" for table in _RESULTS), "datapackage.json"] if not (place / name).is_file()
    ]
    if missing:
        fix = "run 'evaltools release' for the study again"
        raise UsageError(Problem("U102", f"the release has lost {', '.join(missing)}", place.name, fix=fix))
    for name, columns in _RESULTS.items():
        held = pd.read_csv(
            place / f"{name}.csv",
            dtype=defaultdict(lambda: "string", columns),
            na_values=[""],
            keep_default_na=False,
            lineterminator="\n",  # a carriage return may stand in a name
        )
        frames[name] = tidy(held, columns)
    try:
        facts = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))["evaltools"]
        return Release(Results(**frames), TypeAdapter(Meta).validate_python(facts))
    except (ValueError, KeyError, TypeError):  # a pydantic fault is a ValueError
        fix = "run 'evaltools release' for the study again"
        problem = Problem("U102", "the facts of this release cannot be read", f"{place.name}/datapackage.json", fix=fix)
        raise UsageError(problem) from None
