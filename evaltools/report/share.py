"""One estimate as a reader sees it: never a bare percentage."""

from __future__ import annotations

from dataclasses import dataclass

from evaltools.domain.release import Release
from evaltools.report.rows import Row
from evaltools.report.words import HIDDEN, count, interval, percent

__all__ = ["Share", "hidden_words", "share"]


@dataclass(frozen=True)
class Share:
    """A share with its numerator, its denominator, the denominator's name and its interval, all of them words."""

    percent: str
    numerator: str
    denominator: str
    denominator_name: str
    interval: str
    level: str
    hidden: str

    @property
    def of(self) -> str:
        """The counts: '831 of 2,610'."""
        return f"{self.numerator} of {self.denominator}"

    @property
    def brief(self) -> str:
        """For a table cell: '831 of 2,610 (31.8%)'."""
        return HIDDEN if self.hidden else f"{self.of} ({self.percent})"

    @property
    def words(self) -> str:
        """For a sentence: '831 of 2,610 people engaged (31.8%; 95% interval 30.1% to 33.7%)'."""
        if self.hidden:
            return f"a hidden number of {self.denominator_name or 'people'} ({HIDDEN}: {self.hidden})"
        around = f"; {self.level} interval {self.interval}" if self.interval else ""
        return f"{self.of} {self.denominator_name} ({self.percent}{around})"


def hidden_words(release: Release, row: Row) -> str:
    """Why a missing value is missing: the note of the estimate, else the rule of the release."""
    note = str(row["note"] or "").strip().rstrip(".")
    return note or release.meta.rule.rstrip(".") or "not available"


def share(release: Release, row: Row, decimals: int) -> Share:
    """Put an estimate of a share into words."""
    total = row["denominator"] if row["denominator"] is not None else row["n"]
    level = row["level"] if row["level"] is not None else 0.95
    return Share(
        percent=percent(row["value"], decimals),
        numerator=count(row["numerator"]),
        denominator=count(total),
        denominator_name=str(row["denominator_name"] or ""),
        interval=interval(row["lower"], row["upper"], decimals),
        level=f"{100 * level:.0f}%",
        hidden="" if row["value"] is not None else hidden_words(release, row),
    )
