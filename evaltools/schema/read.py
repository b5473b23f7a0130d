"""Read `data_schema/`: tables, codelists, definitions and checks, refusing what is not understood."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from pathlib import Path

from evaltools.errors import Problem, SchemaError
from evaltools.schema.read_definition import read_definition
from evaltools.schema.read_yaml import read_yaml
from evaltools.schema.table import PANDAS_TYPES, Check, Codelist, Field, Schema, Table

__all__ = ["read_schema"]


def _table(path: Path) -> Table:
    raw = read_yaml(path, SchemaError, "T101")
    fields = {}
    for entry in raw["fields"]:
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
        rows = list(csv.DictReader(lines))
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


def read_schema(folder: Path, more_definitions: Path | None = None) -> Schema:
    """Read a `data_schema/` folder. more_definitions: a folder of a study's own definition profiles, which may add to ours.

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
    definitions = {profile.stem: read_definition(profile, dates) for profile in profiles}
    checks = {
        code: Check(code=code, **entry)
        for code, entry in tomllib.loads((folder / "checks.toml").read_text(encoding="utf-8")).items()
    }
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return Schema(tables, codelists, definitions, checks, digest.hexdigest()[:12])
