"""Read `data_schema/`: tables, codelists, definitions and checks, refusing what is not understood."""

from __future__ import annotations

import csv
import difflib
import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaltools.errors import Problem, SchemaError
from evaltools.schema.read_definition import read_definition
from evaltools.schema.read_yaml import read_yaml
from evaltools.schema.table import PANDAS_TYPES, Check, Codelist, Field, Schema, Table

__all__ = ["read_schema"]


_TABLE = {"name", "title", "description", "primaryKey", "fields"}
_FIELD = {"name", "type", "title"}
_FIELD_MAY = {"description", "unit", "codelist", "identifier", "constraints", "synonyms"}
_LIMITS = {"required", "unique", "minimum", "maximum"}
_CHECK = {"title", "severity", "meaning", "fix"}


def _keys(held: Any, place: str, must: set[str], may: set[str] | None = None) -> None:
    """Refuse a part of a file with keys that are missing or not known, all at once."""
    if not isinstance(held, Mapping):
        keys = ", ".join(sorted(must | (may or set())))
        raise SchemaError(Problem("T105", "keys are missing here", place, fix=f"use: {keys}"))
    faults = [Problem("T105", f"the key '{key}' is missing", place, fix="add it") for key in sorted(must - set(held))]
    known = sorted(must | (may or set()))
    for key in sorted(map(str, set(held) - set(known))):
        guess = difflib.get_close_matches(key, known, 1)
        fix = f"did you mean '{guess[0]}'?" if guess else f"known keys are: {', '.join(known)}"
        faults.append(Problem("T106", f"unknown key '{key}'", place, fix=fix))
    if faults:
        raise SchemaError(*faults)


def _table(path: Path) -> Table:
    raw = read_yaml(path, SchemaError, "T101")
    _keys(raw, f"tables/{path.name}", _TABLE, {"foreignKeys"})
    fields = {}
    for number, entry in enumerate(raw["fields"], 1):
        place = f"tables/{path.name}, field {number}"
        _keys(entry, place, _FIELD, _FIELD_MAY)
        _keys(entry.get("constraints", {}), f"{place}, constraints", set(), _LIMITS)
        limits = entry.get("constraints", {})
        if entry["type"] not in PANDAS_TYPES:
            raise SchemaError(
                Problem(
                    "T102",
                    f"'{entry['type']}' is not a field type",
                    f"{path.name}, field {entry['name']}",
                    fix=f"use one of: {', '.join(PANDAS_TYPES)}",
                )
            )
        fields[entry["name"]] = Field(
            name=entry["name"],
            type=entry["type"],
            title=entry["title"],
            description=entry.get("description", ""),
            unit=entry.get("unit", ""),
            codelist=entry.get("codelist", ""),
            identifier=entry.get("identifier", False),
            required=limits.get("required", False),
            unique=limits.get("unique", False),
            minimum=limits.get("minimum"),
            maximum=limits.get("maximum"),
            synonyms=tuple(entry.get("synonyms", ())),
        )
    return Table(raw["name"], raw["title"], raw["description"], tuple(raw["primaryKey"]), fields)


def _codelist(path: Path) -> Codelist:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        _keys(dict.fromkeys(reader.fieldnames or []), f"codelists/{path.name}, first line", {"code", "label", "synonyms"})
        rows = list(reader)
    synonyms: dict[str, str] = {}
    for row in rows:
        for word in [row["code"], row["label"], *filter(None, row["synonyms"].split("|"))]:
            if synonyms.setdefault(word.casefold(), row["code"]) != row["code"]:
                raise SchemaError(
                    Problem(
                        "T103",
                        f"'{word}' is listed for two codes",
                        f"codelists/{path.name}",
                        fix="keep it under one code; a site that means the other says so in its layout",
                    )
                )
    return Codelist(path.stem, {row["code"]: row["label"] for row in rows}, synonyms)


def _checks(path: Path) -> dict[str, Check]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        what = "the catalogue of checks cannot be read as TOML"
        raise SchemaError(Problem("T101", what, path.name, str(fault), "correct that line")) from None
    for code, entry in raw.items():
        _keys(entry, f"{path.name}, [{code}]", _CHECK)
    return {code: Check(code=code, **entry) for code, entry in raw.items()}


def read_schema(folder: Path, more_definitions: Path | None = None) -> Schema:
    """Read a `data_schema/` folder.

    more_definitions: a folder of a study's own definition profiles, which may add to ours and not replace them.
    Raises SchemaError when a file is not understood.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".csv", ".toml"})
    tables = {path.stem: _table(path) for path in sorted((folder / "tables").glob("*.yaml"))}
    codelists = {path.stem: _codelist(path) for path in sorted((folder / "codelists").glob("*.csv"))}
    for table in tables.values():
        for field in table.fields.values():
            if field.codelist and field.codelist not in codelists:
                place = f"tables/{table.name}.yaml, field {field.name}"
                raise SchemaError(Problem("T104", f"there is no codelist '{field.codelist}'", place, fix="add its CSV"))
    dates = [name for name, field in tables["enrolments"].fields.items() if field.type == "date"]
    profiles = sorted((folder / "definitions").glob("*.toml"))
    profiles += sorted(more_definitions.glob("*.toml")) if more_definitions else []
    stems = [profile.stem for profile in profiles]
    for twice in sorted({stem for stem in stems if stems.count(stem) > 1}):
        fix = "give the study's own profile another name: results name their definition"
        raise SchemaError(
            Problem("T107", f"the definition profile '{twice}' ships with evaltools", f"{twice}.toml", fix=fix)
        )
    definitions = {profile.stem: read_definition(profile, dates) for profile in profiles}
    checks = _checks(folder / "checks.toml")
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return Schema(tables, codelists, definitions, checks, digest.hexdigest()[:12])
