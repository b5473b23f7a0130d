"""One estimate as a reader sees it: never a bare percentage."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from evaltools.domain.release import Release
from evaltools.domain.reliance import GREYED, doubt
from evaltools.report.rows import Row
from evaltools.report.words import HIDDEN, count, few, interval, percent

__all__ = ["UNAVAILABLE", "UNRELIED", "Share", "hidden_words", "mark", "missing_words", "share", "unknown_words"]

UNAVAILABLE = "[x]"  # not available, as against hidden
UNRELIED = GREYED.rstrip(": ")


@dataclass(frozen=True)
class Share:
    """A share with its numerator, its denominator, the denominator's name and its interval, all of them words.

    doubt: why it is not to be relied on; empty when it is.
    """

    percent: str
    numerator: str
    denominator: str
    denominator_name: str
    interval: str
    level: str
    hidden: str
    doubt: str = ""

    @property
    def of(self) -> str:
        """The counts: '831 of 2,610'."""
        return f"{self.numerator} of {self.denominator}"

    @property
    def counts(self) -> str:
        """The counts, or nothing when they are hidden."""
        return "" if self.hidden else self.of

    @property
    def brief(self) -> str:
        """For a table cell: '831 of 2,610 (31.8%)'."""
        if self.hidden:
            return self.percent
        return f"{self.of} ({self.percent}{f'; {UNRELIED}' if self.doubt else ''})"

    @property
    def words(self) -> str:
        """For a sentence: '831 of 2,610 people engaged (31.8%; 95% interval 30.1% to 33.7%)'."""
        if self.hidden:
            return f"{self.percent} of {self.denominator_name or 'people'} ({self.hidden})"
        around = f"; {self.level} interval {self.interval}" if self.interval else ""
        caution = f"; {GREYED}{self.doubt}" if self.doubt else ""
        return f"{self.of} {self.denominator_name} ({self.percent}{around}{caution})"

    @property
    def marked(self) -> str:
        """The percentage for a table cell, with the words under it when it is not to be relied on."""
        return f"{self.percent}\n{UNRELIED}" if self.doubt else self.percent


def hidden_words(release: Release, row: Row) -> str:
    """Why a missing value is missing: the note of the estimate, else the rule of the release."""
    note = str(row["note"] or "").strip().rstrip(".").removeprefix("not shown: ")
    return note or release.meta.rule.rstrip(".") or "not available"


def mark(release: Release, row: Row) -> str:
    """Shorthand for a missing value: [c] when the release hides it, [x] when there is none to show."""
    protected = release.meta.profile != "open" and str(row["note"] or "not shown").startswith(("not shown", "hidden"))
    return HIDDEN if protected else UNAVAILABLE


def missing_words(release: Release, found: Iterable[Row]) -> list[str]:
    """Say what the signs among rows mean: '[c]: fewer than 10 people', 'Not to be relied on, in grey: 6 clusters'."""
    found = list(found)
    absent = [f"{mark(release, row)}: {hidden_words(release, row)}" for row in found if row["value"] is None]
    reasons = [re.sub(r" \([0-9,]+ people\)$", "", reason) for reason in absent]
    why = [doubt(row["note"]) for row in found if row["value"] is not None]
    reasons += [f"{UNRELIED.capitalize()}, in grey: {reason}" for reason in why if reason]
    return list(dict.fromkeys(reasons))


def share(release: Release, row: Row, decimals: int) -> Share:
    """Put an estimate of a share into words."""
    total = row["denominator"] if row["denominator"] is not None else row["n"]
    level = row["level"] if row["level"] is not None else 0.95
    return Share(
        percent=mark(release, row) if row["value"] is None else percent(row["value"], decimals),
        numerator=count(row["numerator"]),
        denominator=count(total),
        denominator_name=str(row["denominator_name"] or ""),
        interval=interval(row["lower"], row["upper"], decimals),
        level=f"{100 * level:.0f}%",
        hidden="" if row["value"] is not None else hidden_words(release, row),
        doubt="" if row["value"] is None else doubt(row["note"]),
    )


def unknown_words(release: Release, row: Row, people: str = "people") -> str:
    """Say for how many it is not known; a hidden number is said to be hidden and is never taken for zero.

    Nothing when the share itself is hidden, since nothing is then claimed.
    """
    if row["value"] is None or row["missing"] == 0:
        return ""
    if row["missing"] is None:
        return "" if release.meta.profile == "open" else f" For some {people} it is not known (number not shown)."
    return f" It is not known for {few(round(row['missing']))} more."
