"""Compare two runs of a study: findings that are new, fixed, persisting or vanished, and the numbers that moved."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from evaltools import pipeline, store
from evaltools.clean.match_files import match_files
from evaltools.errors import Problem, UsageError
from evaltools.provenance import study_schema
from evaltools.schema.deliveries import delivered_on
from evaltools.schema.read_layouts import read_layouts
from evaltools.study import Study, read_study
from evaltools.verbs.compared_findings import Found, compared_findings
from evaltools.verbs.compared_numbers import changed_inputs, moved_numbers

__all__ = [
    "Comparison",
    "as_json",
    "as_table",
    "build_folder",
    "compare",
    "compare_builds",
    "compare_deliveries",
    "compare_linkage",
    "delivery_days",
]

_PEOPLE = ["file", "sheet", "row", "participant_id"]


@dataclass(frozen=True)
class Comparison:
    """findings: columns of `compared_findings.COMPARED`. numbers: of `compared_numbers.MOVED`. inputs: what differs."""

    findings: pd.DataFrame
    numbers: pd.DataFrame
    inputs: pd.DataFrame


def compare(old: str, new: str) -> Comparison:
    """Compare two runs by the name of a study or the path of a build folder (build/<study>, or a copy of one).

    A run is remembered by copying its build folder; nothing is copied by itself, since every copy of private findings is
    one more place from which a person who withdraws must be removed.
    """
    return compare_builds(build_folder(old), build_folder(new))


def build_folder(name: str) -> Path:
    """Find a complete build folder. Raises UsageError (U120) where there is none, with the remedy."""
    path = Path(name).expanduser()
    built = path if (path / "3_released").is_dir() else None
    if built is None:
        built = read_study(name).build
    if not ((built / "3_released" / "manifest.json").is_file() and (built / "private" / "findings.parquet").is_file()):
        fix = "run 'evaltools release' for it first; to remember a run, copy its folder build/<study>"
        raise UsageError(Problem("U120", "there is no complete run here to compare", built.name, fix=fix))
    return built


def compare_builds(old: Path, new: Path) -> Comparison:
    """Compare two build folders. Only released numbers are read; of the private findings only places and counts leave."""
    released = [store.open_release(build / "3_released").results.estimates for build in (old, new)]
    made_of = [dict(store.read_manifest(build / "1_prepared").get("inputs", {})) for build in (old, new)]
    return Comparison(compared_findings(_found(old), _found(new)), moved_numbers(*released), changed_inputs(*made_of))


def _found(build: Path) -> Found:
    private = build / "private"
    people = private / "people.parquet"
    named = pd.read_parquet(people) if people.is_file() else pd.DataFrame(columns=_PEOPLE)
    named = named.astype({"file": "string", "sheet": "string", "row": "Int64", "participant_id": "string"})
    accounting = pd.read_parquet(build / "1_prepared" / "accounting.parquet", columns=["file"])
    changed = private / "restatements.parquet"
    if changed.is_file() and people.is_file():  # whom the newest delivery no longer holds
        said = pd.read_parquet(changed)
        gone = said[(said["what"] == "gone") & (said["table"] == "participants")]
        named = named[~named["participant_id"].isin(gone["key"])]
    findings, quarantine = (pd.read_parquet(private / f"{name}.parquet") for name in ("findings", "quarantine"))
    return Found(findings, quarantine, named, frozenset(accounting["file"]))


def delivery_days(study: Study) -> dict[Path, date]:
    """Give the day of each raw file that is in a declared delivery."""
    layouts = read_layouts(study.folder / "sites", study_schema(study))
    files = sorted(path for path in study.raw.rglob("*") if path.is_file() and not path.name.startswith((".", "~$")))
    days = {}
    for held in match_files(files, study.raw, layouts):
        rule = held.layout.deliveries if held.layout else None
        day = delivered_on(held.name, rule.pattern) if rule else None
        if day:
            days[held.path] = day
    return days


def compare_deliveries(study: Study, until: date | None, tell: Callable[[str], None]) -> Comparison:
    """Compare a study without its newest deliveries with the study as it is now; both are run where they are stale.

    until: the last delivery day of the older run; the newest day but one where it is left out. Files that are in no
    declared delivery are in both runs. Raises UsageError (U121) where there is no older delivery.
    """
    days = delivery_days(study)
    known = sorted(set(days.values()))
    last = until or (known[-2] if len(known) > 1 else None)
    later = [path for path, day in days.items() if last is None or day > last]
    if last is None or not later or len(later) == len(days):
        said = ", ".join(day.isoformat() for day in known) or "none; a site's layout declares them under 'deliveries'"
        raise UsageError(
            Problem(
                "U121", "there are no two deliveries to compare", study.folder.name, f"deliveries: {said}", "name two runs"
            )
        )
    pipeline.release(study, tell)
    with _without(study, later) as earlier:
        pipeline.release(earlier, lambda words: tell(f"as of {last.isoformat()}: {words}"))
        return compare_builds(earlier.build, study.build)


def compare_linkage(study: Study, tell: Callable[[str], None]) -> Comparison:
    """Compare a study whose people are not linked between sites (old) with the study as it is (new).

    Raises UsageError (U126) where the study links nobody.
    """
    if study.linkage.method == "none":
        what, fix = "this study links nobody", 'set method = "exact" or "probabilistic" in [linkage] of study.toml'
        raise UsageError(Problem("U126", what, f"{study.folder.name}/study.toml, [linkage]", fix=fix))
    pipeline.release(study, tell)
    with _aside(study) as place:
        unlinked = study.model_copy(update={"root": place, "linkage": study.linkage.model_copy(update={"method": "none"})})
        pipeline.release(unlinked, lambda words: tell(f"unlinked: {words}"))
        return compare_builds(unlinked.build, study.build)


@contextmanager
def _aside(study: Study) -> Iterator[Path]:
    """Give a folder for its owner alone, removed afterwards."""
    private = study.build / "private"
    private.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = Path(tempfile.mkdtemp(prefix=".aside-", dir=private))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _without(study: Study, left_out: Sequence[Path]) -> Iterator[Study]:
    """Give the study without some raw files, in a folder of its own."""
    with _aside(study) as place:
        folder = place / study.folder.name
        shutil.copytree(study.folder, folder, ignore=shutil.ignore_patterns("build", "reports", "raw"))
        for path in study.raw.rglob("*"):
            if path.is_file() and path not in left_out:
                link = folder / "raw" / path.relative_to(study.raw)
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(path.resolve())
        yield study.model_copy(update={"folder": folder, "root": folder})


def as_table(compared: Comparison) -> pd.DataFrame:
    """Put the three parts under each other, with a column 'part', for a CSV file."""
    parts = {"finding": compared.findings, "number": compared.numbers, "input": compared.inputs}
    held = [frame.assign(part=part).astype(object) for part, frame in parts.items() if len(frame)]
    if not held:
        return pd.DataFrame(columns=["part"])
    whole = pd.concat(held, ignore_index=True)
    return whole[["part", *(name for name in whole.columns if name != "part")]]


def as_json(compared: Comparison) -> str:
    """Write the three parts as one JSON object of lists."""
    parts = {name: getattr(compared, name) for name in ("findings", "numbers", "inputs")}
    rows = {name: json.loads(frame.to_json(orient="records", double_precision=15)) for name, frame in parts.items()}
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"
