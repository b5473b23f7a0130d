"""Read one outcome definition profile (TOML), refusing keys that are not understood."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


def _key_faults(place: str, raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Say which keys and sections are unknown or missing."""
    for part, known in _DEFINITION_KEYS.items():
        section = raw.get(part, {}) if part else raw
        if not isinstance(section, Mapping):
            yield Problem(
                "S107", f"'{part}' is not understood", place, "it is not a section", f"write [{part}] above its keys"
            )
            continue
        where = f"{place}, section [{part}]" if part else place
        for key in sorted(set(section) - known):
            guess = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean '{guess[0]}'?" if guess else f"known are: {', '.join(sorted(known))}"
            yield Problem("S105", f"unknown key '{key}'", where, fix=hint)
        for key in sorted(known - set(section)):
            yield Problem("S106", f"the key '{key}' is missing", where, fix="add it")


def _value_faults(place: str, stem: str, raw: Mapping[str, Any], dates: Sequence[str]) -> Iterator[Problem]:
    """Say which values are not of the kind that their key needs. Every key is there."""
    engagement, start, kept, hours = (raw[part] for part in ("engagement", "job_start", "sustainment", "hours"))
    needs = [
        ("id", raw["id"] == stem, f"the name of its file, '{stem}'"),
        *((key, isinstance(raw[key], str), "text") for key in ("version", "title", "source", "description")),
        ("first_of", _all(engagement["first_of"], lambda name: name in dates), f"a list of: {', '.join(dates)}"),
        ("denominator", start["denominator"] in get_args(Denominator), f"one of: {', '.join(get_args(Denominator))}"),
        ("minimum_paid_hours", _number(start["minimum_paid_hours"]), "a number, 0 or more"),
        ("competitive_only", isinstance(start["competitive_only"], bool), "true or false"),
        ("weeks", _all(kept["weeks"], lambda weeks: _whole(weeks) and weeks > 0), "a list of whole numbers, 1 or more"),
        ("gap_days", _whole(kept["gap_days"]), "a whole number, 0 or more"),
        ("inclusive_days", isinstance(kept["inclusive_days"], bool), "true or false"),
        ("threshold", _number(hours["threshold"]), "a number, 0 or more"),
        ("exactly", hours["exactly"] in get_args(ExactHours), f"one of: {', '.join(get_args(ExactHours))}"),
    ]
    for key, right, needed in needs:
        if not right:
            yield Problem("S107", f"'{key}' is not understood", place, f"it needs {needed}", "correct it")


def _all(held: Any, right: Callable[[Any], bool]) -> bool:
    return isinstance(held, list) and bool(held) and all(right(each) for each in held)


def _number(held: Any) -> bool:
    return isinstance(held, int | float) and not isinstance(held, bool) and held >= 0


def _whole(held: Any) -> bool:
    return isinstance(held, int) and _number(held)


def read_definition(path: Path, date_fields: Iterable[str]) -> Definition:
    """Read one definition profile (TOML). date_fields: the enrolment dates that engagement may name.

    Raises SchemaError for a file that is not TOML, and for unknown and missing keys and values that do not fit, all at once.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        what = "this definition profile cannot be read as TOML"
        raise SchemaError(Problem("T101", what, path.name, str(fault), "correct that line")) from None
    faults = list(_key_faults(path.name, raw)) or list(_value_faults(path.name, path.stem, raw, list(date_fields)))
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
