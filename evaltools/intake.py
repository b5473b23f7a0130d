"""What a study gives to the first stage: files, layouts, key and sites, refused at once where they cannot do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from evaltools import store
from evaltools.clean.harmonise import harmonise
from evaltools.clean.judge_rules import judge_rules, judge_tables, rejudged
from evaltools.clean.place_rows import fits
from evaltools.clean.read_forgotten import read_forgotten
from evaltools.clean.read_package import read_package
from evaltools.decisions import harmonise_decided
from evaltools.domain.harmonised import Harmonised
from evaltools.errors import LayoutError, Problem, StudyError
from evaltools.pages import find_notebook
from evaltools.provenance import study_definitions, study_schema
from evaltools.release.profile import find_profile
from evaltools.schema.read_layouts import read_layouts
from evaltools.schema.table import Schema
from evaltools.study import Study, pseudonym_key

__all__ = ["fetch_raw", "harmonise_study", "provider_files", "rejudge"]


def harmonise_study(study: Study, schema: Schema, tell: Callable[[str], None]) -> Harmonised:
    """Read and clean the raw files of a study, with what people decided, and write its decision sheet anew.

    Raises StudyError and LayoutError before the first file is read, where it cannot come to anything.
    """
    layouts = read_layouts(study.folder / "sites", schema)
    files = provider_files(study)
    _need_input(study, bool(files), bool(layouts))
    key, sites = pseudonym_key(study), study.site_table(schema.tables["sites"])
    gone = read_forgotten(study.folder / "decisions")
    done = harmonise_decided(
        study,
        schema,
        layouts,
        files,
        lambda decided, decisions: harmonise(
            files, study.raw, decided, schema, key, study.study.data_cut, sites, tell, decisions, gone, study.linkage
        ),
    )
    judged = judge_rules(judge_tables(done.tables, study.checks, study.study.data_cut), done.places, done.spots, schema)
    return replace(done, findings=rejudged(done.findings, judged))


def rejudge(study: Study, schema: Schema, folder: Path, inputs: Mapping[str, str]) -> pd.DataFrame | None:
    """Judge the prepared tables again where nothing but the study's `[checks]` has changed; no raw file is read.

    folder: 1_prepared; inputs: what it would be made from now. Gives all findings, and None where the stage must be made
    anew.
    """
    before = store.read_manifest(folder).get("inputs", {})
    held = {name: study.build / "private" / f"{name}.parquet" for name in ("places", "spots", "findings", "ledger")}
    if not store.is_current(folder, {**inputs, "checks": before.get("checks", "")}):
        return None
    if not all(path.is_file() for path in held.values()):
        return None
    places, spots, findings = (pd.read_parquet(held[name]) for name in ("places", "spots", "findings"))
    tables = store.read_tables(folder)
    if not fits(places, tables):
        return None
    judged = judge_rules(judge_tables(tables, study.checks, study.study.data_cut), places, spots, schema)
    return rejudged(findings, judged)


def provider_files(study: Study) -> list[Path]:
    """List the files in raw/, in order; hidden ones and those of a program that is open are left out."""
    return sorted(p for p in study.raw.rglob("*") if (p.is_file() or p.is_symlink()) and not p.name.startswith((".", "~$")))


def _need_input(study: Study, files: bool, layouts: bool) -> None:
    """Refuse what cannot come to anything before the first file is read."""
    find_profile(study.release.profile, public=bool(study.study.public_key))
    study_definitions(study, study_schema(study))
    for name in study.report.notebooks:
        find_notebook(study, name)
    if not files:
        fix = "put the providers' files there, as they were sent"
        raise StudyError(Problem("S112", "the study has no provider files", f"{study.folder.name}/raw", fix=fix))
    if not layouts:
        fix = "add one YAML file for each provider; analyses/studies/demo/sites shows the form"
        raise LayoutError(Problem("L207", "the study has no site layouts", f"{study.folder.name}/sites", fix=fix))


def fetch_raw(study: Study) -> bool:
    """Write raw files that an installed package holds. False where the package is missing: the study is then skipped."""
    source = study.raw_from
    if source is None or (study.raw / source.file).is_file():
        return True
    content = read_package(source.package, source.vendor, source.item)
    if content is not None:
        store.write_bytes(study.raw / source.file, content)
    return content is not None
