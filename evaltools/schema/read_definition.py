"""Read one outcome definition profile (TOML), refusing keys that are not understood."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from evaltools.domain.definition import Definition, Denominator, ExactHours, KeptRule, StartRule
from evaltools.errors import Problem, SchemaError

__all__ = ["read_definition"]

_HOURS_A_WEEK = 168
_NEEDED = {
    "": {"id", "version", "title", "source", "description", "engagement", "job_start", "sustainment", "hours"},
    "engagement": {"first_of"},
    "job_start": {"denominator", "minimum_paid_hours", "competitive_only"},
    "sustainment": {"weeks", "gap_days", "inclusive_days"},
    "hours": {"threshold", "exactly"},
}
_OPTIONAL = {
    "job_start": {"rule", "full_time_hours"},
    "sustainment": {"rule", "window_weeks", "hours", "targets", "loss_limit"},
}


def _key_faults(place: str, raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Say which keys and sections are unknown or missing."""
    for part, needed in _NEEDED.items():
        known = needed | _OPTIONAL.get(part, set())
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
        for key in sorted(needed - set(section)):
            yield Problem("S106", f"the key '{key}' is missing", where, fix="add it")


def _value_faults(place: str, stem: str, raw: Mapping[str, Any], dates: Sequence[str]) -> Iterator[Problem]:
    """Say which values are not of the kind that their key needs. Every needed key is there."""
    engagement, start, kept, hours = (raw[part] for part in ("engagement", "job_start", "sustainment", "hours"))
    needs = [
        ("id", raw["id"] == stem, f"the name of its file, '{stem}'"),
        *(
            (key, isinstance(raw[key], str) and bool(raw[key].strip()), "text")
            for key in ("version", "title", "source", "description")
        ),
        ("first_of", _all(engagement["first_of"], lambda name: name in dates), f"a list of: {', '.join(dates)}"),
        ("denominator", start["denominator"] in get_args(Denominator), f"one of: {', '.join(get_args(Denominator))}"),
        (
            "minimum_paid_hours",
            _number(start["minimum_paid_hours"]) and start["minimum_paid_hours"] <= _HOURS_A_WEEK,
            "a number from 0 to 168, the hours of a week",
        ),
        ("competitive_only", isinstance(start["competitive_only"], bool), "true or false"),
        (
            "weeks",
            kept["weeks"] == [] or (_all(kept["weeks"], _milestone) and len(set(kept["weeks"])) == len(kept["weeks"])),
            "a list of whole numbers, 1 or more, each once",
        ),
        ("gap_days", _whole(kept["gap_days"]), "a whole number, 0 or more"),
        ("inclusive_days", isinstance(kept["inclusive_days"], bool), "true or false"),
        (
            "threshold",
            _number(hours["threshold"]) and hours["threshold"] <= _HOURS_A_WEEK,
            "a number from 0 to 168, the hours of a week",
        ),
        ("exactly", hours["exactly"] in get_args(ExactHours), f"one of: {', '.join(get_args(ExactHours))}"),
    ]
    faults = [_misunderstood(key, place, needed) for key, right, needed in needs if not right]
    # what goes together can be judged only where every part is understood
    yield from faults or (_misunderstood(key, place, needed) for key, needed in _unfit_rules(start, kept))


def _unfit_rules(start: Mapping[str, Any], kept: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Say which optional rules are not understood or do not fit what stands beside them, and what they need."""
    paid = start["minimum_paid_hours"]
    rule = start.get("rule", "paid_hours" if paid else "any_day")
    if rule not in get_args(StartRule):
        yield "rule", f"in [job_start] one of: {', '.join(get_args(StartRule))}"
    elif (rule == "any_day") != (paid == 0):
        yield "minimum_paid_hours", "0 with the rule 'any_day', and more than 0 with any other"
    if "full_time_hours" in start and not (rule == "full_day" and _number(start["full_time_hours"])):
        yield "full_time_hours", "a number, 0 or more, and the rule 'full_day'"
    yield from _unfit_kept(kept, kept.get("rule", "any_job"))


def _unfit_kept(kept: Mapping[str, Any], rule: object) -> Iterator[tuple[str, str]]:
    window, loss = kept.get("window_weeks"), kept.get("loss_limit", 0.2)
    if rule not in get_args(KeptRule):
        yield "rule", f"in [sustainment] one of: {', '.join(get_args(KeptRule))}"
    elif rule == "same_job" and kept["gap_days"] > 0:
        yield "gap_days", "0 with the rule 'same_job'"
    if rule == "weeks_in_window":
        if not (_milestone(window) and kept["weeks"] and window >= max(kept["weeks"])):
            yield "window_weeks", "a whole number of weeks, no fewer than those of 'weeks'"
        if not _number(kept.get("hours")):
            yield "hours", "a number of weekly hours, 0 or more"
    else:
        yield from ((key, "the rule 'weeks_in_window'") for key in ("window_weeks", "hours") if key in kept)
    targets = kept.get("targets", [])
    if targets != [] and not (
        _all(targets, lambda held: _number(held) and held <= 1) and len(targets) == len(kept["weeks"])
    ):
        yield "targets", "a share between 0 and 1 for each of 'weeks'"
    if not (_number(loss) and loss <= 1):
        yield "loss_limit", "a share between 0 and 1"


def _misunderstood(key: str, place: str, needed: str) -> Problem:
    return Problem("S107", f"'{key}' is not understood", place, f"it needs {needed}", "correct it")


def _all(held: Any, right: Callable[[Any], bool]) -> bool:
    return isinstance(held, list) and bool(held) and all(right(each) for each in held)


def _number(held: Any) -> bool:
    return isinstance(held, int | float) and not isinstance(held, bool) and 0 <= held < math.inf


def _whole(held: Any) -> bool:
    return isinstance(held, int) and _number(held)


def _milestone(held: Any) -> bool:
    return _whole(held) and held > 0


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
    start, kept = raw["job_start"], raw["sustainment"]
    return Definition(
        id=raw["id"],
        version=raw["version"],
        title=raw["title"],
        source=raw["source"],
        description=raw["description"],
        engaged_first_of=tuple(raw["engagement"]["first_of"]),
        job_start_denominator=start["denominator"],
        minimum_paid_hours=float(start["minimum_paid_hours"]),
        competitive_only=start["competitive_only"],
        sustained_weeks=tuple(kept["weeks"]),
        gap_days=kept["gap_days"],
        inclusive_days=kept["inclusive_days"],
        hours_threshold=float(raw["hours"]["threshold"]),
        exactly_threshold=raw["hours"]["exactly"],
        start_rule=start.get("rule", "paid_hours" if start["minimum_paid_hours"] else "any_day"),
        full_time_hours=float(start.get("full_time_hours", 30)),
        kept_rule=kept.get("rule", "any_job"),
        window_weeks=kept.get("window_weeks", 0),
        kept_hours=float(kept.get("hours", 0)),
        targets=tuple(float(target) for target in kept.get("targets", [])),
        loss_limit=float(kept.get("loss_limit", 0.2)),
    )
