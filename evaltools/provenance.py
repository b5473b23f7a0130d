"""From what a study's numbers were made: hashes that decide what is stale, and the facts that travel with a release."""

from __future__ import annotations

import hashlib
import hmac
import json
import tomllib
from pathlib import Path

import pandas as pd

import evaltools
from evaltools import store
from evaltools.domain.definition import Definition
from evaltools.domain.release import Meta
from evaltools.errors import Problem, StudyError
from evaltools.schema.read import read_schema
from evaltools.schema.table import Schema
from evaltools.study import Study, pseudonym_key

__all__ = ["raw_inputs", "release_facts", "stage_inputs", "study_definitions", "study_schema"]


def study_schema(study: Study) -> Schema:
    """Read data_schema/ with the study's own definition profiles."""
    return read_schema(store.shipped("data_schema"), study.folder / "definitions")


def study_definitions(study: Study, schema: Schema) -> list[Definition]:
    """Give the study's definition profiles, the headline one first. Raises StudyError for one that does not exist."""
    unknown = [name for name in study.study.definitions if name not in schema.definitions]
    if unknown:
        fix = f"use one of: {', '.join(schema.definitions)}; or add it under definitions/ in the study's folder"
        place = f"{study.folder.name}/study.toml"
        raise StudyError(Problem("S110", f"there is no definition profile '{unknown[0]}'", place, fix=fix))
    return [schema.definitions[name] for name in study.study.definitions]


def raw_inputs(study: Study) -> dict[str, str]:
    """Hash everything that the prepared tables are made from."""
    raw = {f"raw/{name}": value for name, value in store.files_hash(study.raw).items()}
    layouts = {f"sites/{name}": value for name, value in store.files_hash(study.folder / "sites").items()}
    key = hashlib.sha256(b"evaltools key" + pseudonym_key(study)).hexdigest()
    gone = study.folder / "decisions" / "forgotten.csv"
    withdrawn = {"decisions/forgotten.csv": store.file_hash(gone)} if gone.is_file() else {}
    return raw | layouts | withdrawn | _settings(study) | {"key": key}


def _settings(study: Study) -> dict[str, str]:
    """Hash everything else that a stage depends on: study file, schema with own definitions, code, lock."""
    code = json.dumps(store.files_hash(Path(evaltools.__file__).parent, pattern="**/*.py"))
    return {
        **_study_hashes(study),
        "schema": study_schema(study).version + json.dumps(store.files_hash(study.folder / "definitions")),
        "code": hashlib.sha256(code.encode()).hexdigest(),
        "lock": _lock(),
    }


def _study_hashes(study: Study) -> dict[str, str]:
    """Hash the study file without `[checks]`, and `[checks]` apart: new thresholds do not make the files be read again."""
    path = study.folder / "study.toml"
    stated = tomllib.loads(path.read_text(encoding="utf-8"))
    stated.pop("checks", None)
    study_file = json.dumps(stated, sort_keys=True, default=str)
    return {
        "study.toml": hashlib.sha256(study_file.encode()).hexdigest(),
        "checks": hashlib.sha256(study.checks.model_dump_json().encode()).hexdigest(),
    }


def stage_inputs(source: Path, study: Study) -> dict[str, str]:
    """Hash what a later stage is made from: the manifest of the stage before it, and the settings."""
    return {source.name: store.file_hash(source / "manifest.json")} | _settings(study)


def _lock() -> str:
    path = store.shipped("requirements.lock")
    return store.file_hash(path)[:12] if path.is_file() else "none"


def release_facts(study: Study, sites: pd.DataFrame, profile: str, words: str) -> Meta:
    """Gather the facts that a report states beside its numbers. sites: the canonical table."""
    about, schema = study.study, study_schema(study)
    profiles = {
        each.id: {"title": each.title, "description": each.description, "source": each.source, "version": each.version}
        for each in study_definitions(study, schema)
    }
    groups = {code: label for each in ("ethnicity", "measure") for code, label in schema.codelists[each].labels.items()}
    inputs = json.dumps(raw_inputs(study), sort_keys=True).encode()
    return Meta(
        study=about.id,
        title=about.title,
        subtitle=about.subtitle,
        kind=about.kind,
        synthetic=about.synthetic,
        data_cut=about.data_cut_words or about.data_cut.isoformat(),
        sites=dict(zip(sites["site_id"].astype(str), sites["name"].astype(str), strict=True)),
        definitions=profiles,
        profile=profile,
        rule=words,
        # keyed, so that nobody can test a guess at the inputs against it
        fingerprint=hmac.new(pseudonym_key(study), inputs, hashlib.sha256).hexdigest()[:16],
        package=evaltools.__version__,
        schema=schema.version,
        lock=_lock(),
        programme=about.programme,
        sources=about.sources,
        notes=about.notes,
        outcomes={outcome.id: outcome.label for outcome in study.outcomes},
        groups=groups,
        checks={code: {"title": each.title, "severity": each.severity} for code, each in schema.checks.items()},
        fields={
            f"{table.name}.{name}": each.title for table in schema.tables.values() for name, each in table.fields.items()
        },
    )
