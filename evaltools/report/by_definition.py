"""The headlines of a study under each of its definitions: the same people, counted by different rules."""

from __future__ import annotations

from collections.abc import Sequence

from evaltools.domain.release import Release
from evaltools.domain.reliance import HEADLINE_IS_THE_RANGE
from evaltools.report.names import definition_name, outcome_name
from evaltools.report.rows import Row, rows
from evaltools.report.words import few, sentence

__all__ = ["called", "headlines", "lowest_highest", "merged"]

_HEADLINES = ("engaged", "job_start", "sustained", "hours_16")


def headlines(release: Release, group: str = "all") -> dict[str, list[Row]]:
    """Give for each headline, in words, its estimate under each definition that has one, of the programme or a site."""
    found: dict[str, list[Row]] = {}
    for outcome in _HEADLINES:
        held = [
            row
            for definition in release.meta.definitions
            for row in rows(release, definition=definition, outcome=outcome, statistic="proportion", group=group)
            if row["term"] is None and row["group_by"] in ("site", "programme")
        ]
        for row in sorted(held, key=lambda row: row["horizon"] or 0):
            if outcome != "hours_16" or row["horizon"] is None:
                found.setdefault(sentence(outcome_name(release, row)), []).append(row)
    return found


def merged(found: Sequence[Row]) -> list[list[Row]]:
    """Put estimates together whose share, counts and denominator are the same, in the order of the first of each."""
    alike: dict[tuple[object, ...], list[Row]] = {}
    for row in found:
        key = tuple(row[name] for name in ("value", "numerator", "denominator", "denominator_name"))
        alike.setdefault(key if row["value"] is not None else (row["note"],), []).append(row)
    return list(alike.values())


def called(release: Release, alike: Sequence[Row]) -> str:
    """Name the definitions of estimates that are the same: two, or the first and how many others, or all of the study's."""
    names = [definition_name(release, str(row["definition"])) for row in alike]
    if len(names) > 2 and len(names) == len(release.meta.definitions):
        return f"All {few(len(names))} definitions"
    return "; ".join(names) if len(names) < 3 else f"{names[0]} and {few(len(names) - 1)} others"


def lowest_highest(found: Sequence[Row]) -> tuple[float, float] | None:
    """Lowest and highest share among the definitions, but those whose range leads; None with fewer than two of them."""
    known = [float(row["value"]) for row in found if row["value"] is not None and row["note"] != HEADLINE_IS_THE_RANGE]
    return (min(known), max(known)) if len(known) > 1 else None
