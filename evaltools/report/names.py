"""Names that readers see, for the ids in the results."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.report.rows import Row

__all__ = ["group_name", "measure_name", "outcome_name", "weeks"]

_RECORDS = {
    "engaged": "engaged with the service",
    "job_start": "started a first job",
    "job_starts": "jobs started",
    "sustained": "kept the first job",
    "hours_16": "worked 16 hours a week or more",
}


def weeks(row: Row) -> int:
    """Whole weeks of a row's horizon; 0 when it has none."""
    return round(float(row["horizon"]) / 7) if row["horizon"] is not None else 0


def group_name(release: Release, row: Row) -> str:
    """Display name of the group that a row is about."""
    meta, group = release.meta, str(row["group"])
    if row["group_by"] == "programme":
        return meta.programme
    names = meta.sites if row["group_by"] == "site" else meta.groups
    return names.get(group, group)


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
