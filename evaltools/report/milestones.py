"""Where a curve stands at a few round times: for its table, its description and its headline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evaltools.report.curves import Curve
from evaltools.report.rows import Row
from evaltools.report.table import Table
from evaltools.report.timescale import Timescale
from evaltools.report.words import interval, listing, percent

__all__ = ["Milestone", "estimated", "milestone_table", "milestone_words", "milestones"]


@dataclass(frozen=True)
class Milestone:
    """A curve on one day: shares between 0 and 1; limits are missing where there is no interval."""

    day: float
    value: float
    lower: float | None
    upper: float | None


def milestones(curve: Curve, unit: Timescale, most: int = 8) -> list[Milestone]:
    """Read a curve at the ticks of its axis and at its end."""
    step = unit.step * unit.days
    days = [day for day in np.arange(0, curve.end, step) if curve.end - day > step / 4][:most]
    return [_read(curve, day) for day in (*days, curve.end)]


def _read(curve: Curve, day: float) -> Milestone:
    limits = [_limit(curve, day, name) for name in ("lower", "upper")]
    return Milestone(float(day), curve.at(day), *limits)


def _limit(curve: Curve, day: float, name: str) -> float | None:
    value = curve.at(day, name)
    return None if np.isnan(value) else value


def estimated(marks: list[Milestone], found: list[Row], unit: Timescale) -> list[Milestone]:
    """Put the released estimates in the place of what the curve shows, so that a report gives one number for one time.

    found: estimates with a horizon; where one is hidden, its time is left out.
    """
    said = {unit.words(row["horizon"]) for row in found}
    own = [
        Milestone(float(row["horizon"]), float(row["value"]), row["lower"], row["upper"])
        for row in found
        if row["value"] is not None
    ]
    return sorted([*own, *(mark for mark in marks if unit.words(mark.day) not in said)], key=lambda mark: mark.day)


def milestone_table(name: str, caption: str, marks: Mapping[str, list[Milestone]], unit: Timescale, places: int) -> Table:
    """Return the shares of curves at their milestones as a table, a row for each curve and time."""
    body = tuple(
        (label, unit.words(mark.day), percent(mark.value, places), interval(mark.lower, mark.upper, places) or "–")
        for label, held in marks.items()
        for mark in held
    )
    return Table(name, caption, ("Outcome", "Time", "Share of people", "95% interval"), body)


def milestone_words(marks: Mapping[str, list[Milestone]], unit: Timescale, places: int) -> str:
    """Say where curves stand at their milestones, for people who cannot see them."""
    said = [
        f"{label}: {listing([f'{percent(mark.value, places)} by {unit.words(mark.day)}' for mark in held if mark.day > 0])}"
        for label, held in marks.items()
    ]
    return ". ".join(said) + "."
