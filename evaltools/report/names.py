"""Names that readers see, for the ids in the results."""

from __future__ import annotations

import re

from evaltools.domain.release import Release
from evaltools.report.rows import Row

__all__ = ["definition_name", "group_name", "kind_name", "measure_name", "outcome_name", "weeks"]

_RECORDS = {
    "engaged": "engaged with the service",
    "job_start": "started a first job",
    "job_starts": "jobs started",
    "sustained": "kept the first job",
    "hours_16": "worked 16 hours a week or more",
}
_LONG = 28  # characters of a name that fits beside a dot
_KINDS = {"time_out_of_work": "time out of work when referred", "support_group": "Support Group of a benefit"}
_GROUPS = {
    ("time_out_of_work", "in work"): "In work when referred",
    ("time_out_of_work", "never worked"): "Never worked",
    ("support_group", "yes"): "In the Support Group",
    ("support_group", "no"): "Not in the Support Group",
}


def definition_name(release: Release, definition: str) -> str:
    """Short name of a definition profile: its title up to the first comma, bracket, 'of' or 'from'.

    A title that stays long gives its abbreviation, where it has one in brackets. The id is added when two profiles of the
    study would share a name.
    """
    short = {key: _short(one.get("title", key)) for key, one in release.meta.definitions.items()}
    name = short.get(definition, definition)
    return name if list(short.values()).count(name) < 2 else f"{name} ({definition})"


def _short(title: str) -> str:
    name = re.split(r",| \(| of | from ", title)[0]
    abbreviation = re.search(r"\(([A-Z]{2,})\)", title)
    return abbreviation[1] if len(name) > _LONG and abbreviation else name


def kind_name(kind: str) -> str:
    """Display name of a kind of group.

    >>> kind_name("time_out_of_work")
    'time out of work when referred'
    """
    return _KINDS.get(kind, kind.replace("_", " "))


def weeks(row: Row) -> int:
    """Whole weeks of a row's horizon; 0 when it has none."""
    return round(float(row["horizon"]) / 7) if row["horizon"] is not None else 0


def group_name(release: Release, row: Row) -> str:
    """Display name of the group that a row is about."""
    meta, group = release.meta, str(row["group"])
    if row["group_by"] == "programme":
        return meta.programme
    if row["group_by"] == "site":
        return meta.sites.get(group, group)
    own = meta.groups.get(group) or _GROUPS.get((str(row["group_by"]), group))
    if own:
        return own
    return group if meta.kind == "counts" else "Not known" if group == "unknown" else group[:1].upper() + group[1:]


def outcome_name(release: Release, row: Row) -> str:
    """Display name of an outcome, as a verb phrase in studies of people ('kept the first job for 13 weeks')."""
    outcome = str(row["outcome"])
    if outcome in release.meta.outcomes:
        return release.meta.outcomes[outcome]
    name = _RECORDS.get(outcome) or release.meta.groups.get(outcome) or outcome.replace("_", " ")
    return f"{name} for {weeks(row)} weeks" if outcome == "sustained" else name


def measure_name(release: Release, measure: str) -> str:
    """Display name of a measure, a part of a target or a kind of payment, first letter a capital."""
    named = release.meta.outcomes.get(measure) or release.meta.groups.get(measure) or measure.replace("_", " ")
    return named[:1].upper() + named[1:]
