"""The unit in which time is spoken of: weeks, months or days, whichever fits the days of the results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaltools.report.words import plural

__all__ = ["Timescale", "timescale"]

_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Timescale:
    """A unit of time. days: length of the unit. step: units between the ticks of an axis."""

    name: str
    days: float
    step: float

    def of(self, day: float) -> float:
        """Measure a day in this unit."""
        return day / self.days

    def words(self, day: float) -> str:
        """Say a day in this unit, in words: '12 months'."""
        return plural(round(day / self.days), self.name)


def _step(length: float, choices: tuple[int, ...]) -> float:
    return next((choice for choice in choices if length / choice <= 8), choices[-1])


def timescale(days: Iterable[float], longest: float) -> Timescale:
    """Choose the unit for the days that will be named, and the ticks for an axis that is `longest` days long.

    >>> timescale([0, 182, 365], 730).words(365), timescale([7, 91, 364], 364).words(364)
    ('12 months', '52 weeks')
    """
    named = [day for day in days if day > 0]
    if named and all(day % 7 == 0 for day in named):
        return Timescale("week", 7, _step(longest / 7, (1, 2, 4, 13, 26, 52)))
    if all(abs(day / _MONTH - round(day / _MONTH)) * _MONTH <= 2.5 for day in named):
        return Timescale("month", _MONTH, _step(longest / _MONTH, (1, 3, 6, 12, 24)))
    return Timescale("day", 1, _step(longest, (7, 30, 90, 180, 360, 720)))
