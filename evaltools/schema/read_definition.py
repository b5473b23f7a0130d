"""Read one outcome definition profile (TOML), refusing keys that are not understood."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from evaltools.domain.definition import Definition, Denominator, ExactHours
from evaltools.errors import Problem, SchemaError

__all__ = ["read_definition"]

_DEFINITION_KEYS = {
    "": {"id", "version", "title", "source", "description", "engagement", "job_start", "sustainment", "hours"},
    "engagement": {"first_of"},
    "job_start": {"denominator", "minimum_paid_hours", "competitive_only"},
    "sustainment": {"weeks", "gap_days", "inclusive_days"},
    "hours": {"threshold", "exactly"},
}


def _definition_faults(path: Path, raw: Mapping[str, Any], dates: Iterable[str]) -> list[Problem]:
    faults = []
    for part, known in _DEFINITION_KEYS.items():
        held = set(raw.get(part, {}) if part else raw)
        for key in sorted(held - known):
            guess = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean '{guess[0]}'?" if guess else f"known are: {', '.join(sorted(known))}"
            faults.append(Problem("S105", f"unknown key '{key}'", f"{path.name}, section [{part}]", fix=hint))
        for key in sorted(known - held):
            faults.append(Problem("S106", f"the key '{key}' is missing", f"{path.name}, section [{part}]", fix="add it"))
    if not faults:
        choices = [
            ("job_start", "denominator", [raw["job_start"]["denominator"]], list(get_args(Denominator))),
            ("hours", "exactly", [raw["hours"]["exactly"]], list(get_args(ExactHours))),
            ("engagement", "first_of", raw["engagement"]["first_of"], list(dates)),
        ]
        for part, key, held_values, allowed in choices:
            for value in held_values:
                if value not in allowed:
                    detail = f"'{value}' is not one of: {', '.join(allowed)}"
                    faults.append(Problem("S107", f"'{key}' is not understood", f"{path.name}, [{part}]", detail, "use one"))
    return faults


def read_definition(path: Path, date_fields: Iterable[str]) -> Definition:
    """Read one definition profile (TOML). date_fields: the enrolment dates that engagement may name.

    Raises SchemaError for an unknown or missing key, all at once.
    """
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    faults = _definition_faults(path, raw, date_fields)
    if faults:
        raise SchemaError(*faults)
    return Definition(
        id=raw["id"],
        version=raw["version"],
        title=raw["title"],
        source=raw["source"],
        description=raw["description"],
        engaged_first_of=tuple(raw["engagement"]["first_of"]),
        job_start_denominator=raw["job_start"]["denominator"],
        minimum_paid_hours=float(raw["job_start"]["minimum_paid_hours"]),
        competitive_only=raw["job_start"]["competitive_only"],
        sustained_weeks=tuple(raw["sustainment"]["weeks"]),
        gap_days=raw["sustainment"]["gap_days"],
        inclusive_days=raw["sustainment"]["inclusive_days"],
        hours_threshold=float(raw["hours"]["threshold"]),
        exactly_threshold=raw["hours"]["exactly"],
    )
