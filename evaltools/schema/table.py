"""Canonical tables and codelists as values: what `data_schema/` says, ready to use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from evaltools.domain.definition import Definition

__all__ = ["PANDAS_TYPES", "Check", "Codelist", "Field", "Schema", "Table"]

PANDAS_TYPES = MappingProxyType(
    {
        "string": "string",
        "integer": "Int64",
        "number": "Float64",
        "boolean": "boolean",
        "date": "datetime64[ns]",
        "yearmonth": "string",
    }
)


@dataclass(frozen=True)
class Field:
    """One column of a canonical table. minimum and maximum are in `unit`; identifier: hashed, never shown."""

    name: str
    type: str
    title: str
    description: str = ""
    unit: str = ""
    codelist: str = ""
    identifier: bool = False
    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One canonical table: its fields in order and its key."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    fields: Mapping[str, Field]

    def types(self) -> dict[str, str]:
        """Pandas type of each column."""
        return {name: PANDAS_TYPES[field.type] for name, field in self.fields.items()}


@dataclass(frozen=True)
class Codelist:
    """Allowed codes with labels, and the words that providers use for them (lower case, exact)."""

    name: str
    labels: Mapping[str, str]
    synonyms: Mapping[str, str]


@dataclass(frozen=True)
class Check:
    """A catalogue entry: what a data fault means, how grave it is, and what to do about it."""

    code: str
    title: str
    severity: str
    meaning: str
    fix: str


@dataclass(frozen=True)
class Schema:
    """Everything in `data_schema/`. version: hash of its files, short."""

    tables: Mapping[str, Table]
    codelists: Mapping[str, Codelist]
    definitions: Mapping[str, Definition]
    checks: Mapping[str, Check]
    version: str = field(default="")
