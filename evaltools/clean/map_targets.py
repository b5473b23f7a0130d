"""The fields that a provider's column may feed, each with every name that the schema knows for it."""

from __future__ import annotations

from dataclasses import dataclass

from evaltools.schema.table import Field, Schema

__all__ = ["SHARED", "MapTarget", "map_targets"]

SHARED = ("participant_id", "site_id", "specialist_id")  # they mean the same in every table
_LABELS = ("title", "name")


@dataclass(frozen=True)
class MapTarget:
    """One field. key: `table.field`, or the field alone where it is shared. tables: those that have it. names: synonyms.

    weak: names that are only our own words for the field (its title and its name), which no provider need mean.
    """

    key: str
    tables: tuple[str, ...]
    field: Field
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()


def map_targets(schema: Schema) -> tuple[MapTarget, ...]:
    """List the fields of every table, shared ones once: people's tables first, then jobs, then the rest."""
    found: dict[str, list[tuple[str, Field]]] = {}
    for table in sorted(schema.tables.values(), key=lambda one: (_WEIGHT.get(one.name, len(_WEIGHT)), one.name)):
        for name, field in table.fields.items():
            found.setdefault(name if name in SHARED else f"{table.name}.{name}", []).append((table.name, field))
    return tuple(_target(key, held) for key, held in found.items())


_WEIGHT = {name: place for place, name in enumerate(("participants", "enrolments", "jobs"))}


def _target(key: str, held: list[tuple[str, Field]]) -> MapTarget:
    fields = [field for _, field in held]
    names = dict.fromkeys(name for field in fields for name in field.synonyms)
    weak = dict.fromkeys(name for field in fields for name in (field.title, field.name.replace("_", " ")))
    best = max(fields, key=lambda field: len(field.synonyms))
    return MapTarget(key, tuple(table for table, _ in held), best, tuple(names), tuple(weak))
