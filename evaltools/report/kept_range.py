"""Where so many people were lost that one share would mislead: the range of possible shares is the headline."""

from __future__ import annotations

from evaltools.domain.release import Release
from evaltools.domain.reliance import HEADLINE_IS_THE_RANGE
from evaltools.report.rows import Row, one
from evaltools.report.words import count

__all__ = ["followed_words", "kept_range"]


def kept_range(release: Release, row: Row) -> Row | None:
    """Give the bounds that lead in the place of a share of work kept, or None where the share itself leads."""
    if row["note"] != HEADLINE_IS_THE_RANGE:
        return None
    at = {name: row[name] for name in ("definition", "outcome", "horizon", "group_by", "group")}
    found = one(release, statistic="bounds", **at)
    return found if found and found["lower"] is not None and found["upper"] is not None else None


def followed_words(row: Row) -> str:
    """Say of whom the range is, and for how many it is not known.

    >>> followed_words({"denominator": 400.0, "denominator_name": "job starters followed for 26 weeks", "missing": 105.0})
    '400 job starters followed for 26 weeks; 105 of them were out of contact'
    """
    return f"{count(row['denominator'])} {row['denominator_name']}; {count(row['missing'])} of them were out of contact"
