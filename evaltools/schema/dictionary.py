"""The data dictionary: one page of Markdown made from `data_schema/`, for people who fill in or question the data."""

from __future__ import annotations

from collections.abc import Iterable

from evaltools.domain.definition import Definition
from evaltools.schema.table import Field, Schema

__all__ = ["dictionary_markdown"]

_INTRODUCTION = """# Data dictionary

Made from the files in this folder by `evaltools dictionary --write`; change those, not this page.

- [`tables/`](tables): one [Table Schema](https://datapackage.org/standard/table-schema/) for each canonical table.
- [`codelists/`](codelists): allowed codes with labels, and the words that providers use for them
  (matched whole, never in part).
- [`definitions/`](definitions): outcome definition profiles, each with its source.
- [`checks.toml`](checks.toml): the catalogue of data checks.

Commissioner, provider and site are three levels: a commissioner pays providers, a provider runs sites, and people
belong to a site.
"""


def dictionary_markdown(schema: Schema) -> str:
    """Write the whole dictionary.

    >>> from pathlib import Path
    >>> from evaltools.schema.read import read_schema
    >>> dictionary_markdown(read_schema(Path("data_schema"))).splitlines()[0]
    '# Data dictionary'
    """
    parts = [_INTRODUCTION, "## Tables\n"]
    for table in schema.tables.values():
        parts.append(f"### `{table.name}`: {table.title}\n\n{table.description} Key: {_code(table.key)}.\n")
        parts.append(
            _grid(["Field", "Title", "Type", "Must be given", "Allowed", "Meaning"], map(_field, table.fields.values()))
        )
    parts.append("## Codelists\n")
    for codelist in schema.codelists.values():
        words: dict[str, list[str]] = {code: [] for code in codelist.labels}
        for word, code in codelist.synonyms.items():
            if word not in (code.casefold(), codelist.labels[code].casefold()):
                words[code].append(word)
        rows = ([f"`{code}`", label, ", ".join(words[code])] for code, label in codelist.labels.items())
        parts.append(f"### `{codelist.name}`\n\n" + _grid(["Code", "Label", "Also read as"], rows))
    parts.append("## Outcome definition profiles\n")
    parts += [_definition(definition) for definition in schema.definitions.values()]
    parts.append("## Data checks\n")
    rows = ([f"`{c.code}`", c.title, c.severity, c.meaning, c.fix] for c in schema.checks.values())
    parts.append(_grid(["Code", "Check", "Severity", "Meaning", "What to do"], rows))
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _field(field: Field) -> list[str]:
    limits = [f"codelist `{field.codelist}`"] if field.codelist else []
    if field.minimum is not None and field.maximum is not None:
        limits.append(f"{field.minimum:g} to {field.maximum:g}")
    elif field.minimum is not None:
        limits.append(f"{field.minimum:g} or more")
    meaning = " ".join(filter(None, [field.description, f"Unit: {field.unit}." if field.unit else ""]))
    kind = "keyed hash" if field.identifier else field.type
    return [f"`{field.name}`", field.title, kind, "yes" if field.required else "", ", ".join(limits), meaning]


def _definition(definition: Definition) -> str:
    rows = [
        ["Engaged on the first of", _code(definition.engaged_first_of)],
        ["Job starts are divided by", definition.scope],
        ["A job counts", _start(definition)],
        ["Competitive jobs only", "yes" if definition.competitive_only else "no"],
        ["Kept for (weeks)", ", ".join(map(str, definition.sustained_weeks)) or "no rule"],
        ["Work is kept", _kept(definition)],
        ["Days between jobs that are bridged", str(definition.gap_days)],
        ["Days counted", "with the last day" if definition.inclusive_days else "elapsed"],
        ["Weekly hours threshold", f"{definition.hours_threshold:g}; a job of exactly that many {_exactly(definition)}"],
        ["Source", definition.source],
    ]
    heading = f"### `{definition.id}` (version {definition.version}): {definition.title}\n\n{definition.description}\n\n"
    return heading + _grid(["Rule", "Value"], rows)


def _start(definition: Definition) -> str:
    hours = f"after {definition.minimum_paid_hours:g} paid hours"
    if definition.start_rule == "full_day":
        return f"from its first day at {definition.full_time_hours:g} hours a week or more, otherwise {hours}"
    return hours if definition.minimum_paid_hours > 0 else "from its first day"


def _kept(definition: Definition) -> str:
    if definition.kept_rule == "weeks_in_window":
        most = f"within {definition.window_weeks} weeks of the start"
        return f"in that many weeks of {definition.kept_hours:g} hours or more {most}, all jobs together"
    return "in the same job" if definition.kept_rule == "same_job" else "in any job"


def _exactly(definition: Definition) -> str:
    said = {"counts": "is at the threshold", "neither": "is in neither group", "under": "is under it"}
    return said[definition.exactly_threshold]


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _grid(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"
